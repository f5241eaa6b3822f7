import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createModels, findRecognizer, type Recognizer } from '@wayside/models';
import { loadRecognizer } from '../../../models/src/speech/recognize/load-recognizer.ts';
import { readSpelled, spelledPhrases } from '../../../models/src/speech/spelling.ts';
import { type Bench, median, type Row, timed } from '../measure.ts';
import { notThere } from '../understanding/read-set.ts';
import { peerErrors } from './asr-peers.ts';
import { cutter, rate, readOrTell } from './read-speech.ts';
import { wordErrors, wordsOf } from './word-errors.ts';

const digits = 'zero one two three four five six seven eight nine'.split(' ');
/** So much of an utterance is there when the ears first ask what it says. */
const firstPartial = 0.94 * rate;

/** Words, with the one short form these texts have as it is said. */
const saidWords = (text: string): string[] => wordsOf(text.replace(/\bmr\.?(?=\s)/gi, 'mister'));
/** Han characters one by one: what a character error rate counts. */
const charactersOf = (text: string): string[] => text.match(/\p{Script=Han}/gu) ?? [];

type Recording = { file: string; folder: string; text: string; language: string; sound: Float32Array };
type Tally = { errors: number; words: number; ms: number[]; partialMs: number[]; seconds: number };

async function recordings(folder: string, say: (line: string) => void): Promise<Recording[] | undefined> {
  const table = await readFile(join(folder, 'transcripts.tsv'), 'utf8').catch(() => undefined);
  if (table === undefined) return undefined;
  const cut = await cutter(createModels().resolve('silero-vad'));
  const lines = table.trim().split('\n').slice(1);
  const read: Recording[] = [];
  for (const line of lines) {
    const [file, text, language] = line.split('\t') as [string, string, string];
    const sound = await readOrTell(join(folder, file), say);
    if (sound) read.push({ file, folder: file.split('/')[0]!, text, language, sound: await cut(sound) });
  }
  return read;
}

async function transcribeAll(
  recognizer: Recognizer,
  all: readonly Recording[],
  unitsOf: (text: string) => string[],
  say: (line: string) => void,
) {
  const tally: Tally = { errors: 0, words: 0, ms: [], partialMs: [], seconds: 0 };
  for (const { text, sound, file } of all) {
    tally.partialMs.push((await timed(() => recognizer.transcribe(sound.subarray(0, firstPartial)))).ms);
    const { ms, got } = await timed(() => recognizer.transcribe(sound));
    const errors = wordErrors(unitsOf(text), unitsOf(got.text));
    if (errors > 0) say(`${file}: “${text}” was heard as “${got.text}” (${got.confidence.toFixed(2)})`);
    tally.errors += errors;
    tally.words += unitsOf(text).length;
    tally.ms.push(ms);
    tally.seconds += sound.length / rate;
  }
  return tally;
}

const share = ({ errors, words }: Pick<Tally, 'errors' | 'words'>): number => (100 * errors) / words;

/** Single letters and digits: 36 kinds, by what each is called; of equal kinds each counts as one. */
async function spell(recognizer: Recognizer, all: readonly Recording[], say: (line: string) => void): Promise<number> {
  let right = 0;
  for (const { text, sound, file } of all) {
    const meant = digits.includes(text) ? String(digits.indexOf(text)) : text.toUpperCase();
    const heard = (await recognizer.transcribe(sound)).text;
    if (readSpelled(heard) === meant) right++;
    else say(`${file}: ${meant} was heard as “${heard}”`);
  }
  return (100 * right) / all.length;
}

const percent = (metric: string, says: string, value: number, goal?: Row['goal']): Row => ({
  metric,
  says,
  value,
  unit: '%',
  ...(goal ? { goal } : {}),
});

async function english(recognizer: Recognizer, all: readonly Recording[], rss: number, say: (line: string) => void): Promise<Row[]> {
  const folders = [...new Set(all.map(({ folder }) => folder))].filter((folder) => folder !== 'spell');
  const tallies = new Map<string, Tally>();
  for (const folder of folders)
    tallies.set(
      folder,
      await transcribeAll(
        recognizer,
        all.filter((one) => one.folder === folder),
        saidWords,
        say,
      ),
    );
  const sum = [...tallies.values()].reduce((a, b) => ({
    errors: a.errors + b.errors,
    words: a.words + b.words,
    ms: [...a.ms, ...b.ms],
    partialMs: [...a.partialMs, ...b.partialMs],
    seconds: a.seconds + b.seconds,
  }));
  const letters = all.filter(({ folder }) => folder === 'spell');
  const theirs = await peerErrors(
    all.filter(({ folder }) => folder !== 'spell'),
    saidWords,
    say,
  );
  const plain = letters.length > 0 ? await spell(recognizer, letters, () => {}) : undefined;
  recognizer.favour({ phrases: spelledPhrases('en') });
  const favoured = letters.length > 0 ? await spell(recognizer, letters, say) : undefined;
  recognizer.favour({ phrases: [] });
  return [
    percent('wer', `Word error rate, ${sum.words} words, nothing favoured (${recognizer.model})`, share(sum)),
    ...[...tallies].map(([folder, tally]) =>
      percent(`wer${folder.charAt(0).toUpperCase()}${folder.slice(1)}`, `· ${folder}, ${tally.words} words`, share(tally)),
    ),
    ...theirs,
    ...(favoured === undefined ? [] : [percent('spell', 'Single letters and digits right, letters favoured', favoured)]),
    ...(plain === undefined ? [] : [percent('spellPlain', '· nothing favoured', plain)]),
    {
      metric: 'realTimeFactor',
      says: 'Time to write down, of the length of the speech',
      value: sum.ms.reduce((a, b) => a + b, 0) / 1000 / sum.seconds,
      unit: '',
      goal: { atMost: 0.25 },
    },
    {
      metric: 'firstPartialMs',
      says: 'First partial transcript, from when there is enough sound',
      value: median(sum.partialMs),
      unit: 'ms',
    },
    { metric: 'rssMb', says: 'Memory the recognizer takes (resident)', value: rss, unit: 'MB' },
  ];
}

/** Real recordings with their transcripts: how much is written down wrong, and how fast. */
export const speechAsr: Bench = {
  name: 'speech-asr',
  title: 'Speech written down: short real recordings, silence cut off by the ears’ voice activity',
  async run({ data, say }) {
    const all = data === undefined ? undefined : await recordings(join(data, 'speech-asr'), say);
    if (!all) return notThere('speech-asr');
    const models = createModels();
    const rows: Row[] = [];
    for (const locale of ['en', 'zh'] as const) {
      const its = all.filter(({ language }) => language === locale);
      if (its.length === 0) continue;
      const files = findRecognizer(models.list(), models.resolve, locale);
      if (!files) {
        say(`no recognizer for ${locale} is on this machine: ${its.length} recordings left out`);
        continue;
      }
      const before = process.memoryUsage.rss();
      const recognizer = await loadRecognizer(files, locale);
      await recognizer.transcribe(its[0]!.sound);
      const rss = (process.memoryUsage.rss() - before) / 1e6;
      if (locale === 'en') rows.push(...(await english(recognizer, its, rss, say)));
      else {
        const tally = await transcribeAll(recognizer, its, charactersOf, say);
        rows.push(percent('cerZh', `Chinese: character error rate, ${tally.words} characters (${recognizer.model})`, share(tally)));
      }
    }
    return rows.length > 0 ? rows : { skipped: 'no recognizer is on this machine (npm run setup fetches one)' };
  },
};
