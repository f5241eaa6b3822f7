import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createModels, findRecognizer, type Recognizer } from '@wayside/models';
import { loadRecognizer } from '../../../models/src/speech/recognize/load-recognizer.ts';
import type { Bench, Published, Row } from '../measure.ts';
import { notThere } from '../understanding/read-set.ts';
import { peerOrders } from './command-peers.ts';
import { isSame, type Order, orderGrammar, orderJsgf } from './order-grammar.ts';
import { cutter, mix, readOrTell, readSpeech } from './read-speech.ts';

const levels = [6, 9, 12, 15, 18, 21, 24];
const source =
  'Picovoice, speech-to-intent-benchmark (plot.py): all 619 recordings, accuracy in kitchen noise at 6 dB, mean of café and kitchen at 6 to 24 dB';
const published = (values: [by: string, value: number][]): Published[] => values.map(([by, value]) => ({ by, value, source }));
const means = published([
  ['Picovoice Rhino', 97.6],
  ['Microsoft LUIS', 89.9],
  ['IBM Watson', 86.8],
  ['Amazon Lex', 84.5],
  ['Google Dialogflow', 77.6],
]);
const at6dB = published([
  ['Picovoice Rhino', 96],
  ['Microsoft LUIS', 86],
  ['Amazon Lex', 80],
  ['IBM Watson', 72],
  ['Google Dialogflow', 70],
]);

/** All recordings as they sound with so much noise. */
type Hearing = { name: string; says: string; sounds: readonly Float32Array[] };
type Recording = { name: string; meant: Order; sound: Float32Array };

const percentOf = (rights: readonly boolean[]): number => (100 * rights.filter(Boolean).length) / rights.length;
const mean = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

async function readAll(folder: string, say: (line: string) => void) {
  const labels = await readFile(join(folder, 'label.json'), 'utf8').catch(() => undefined);
  if (labels === undefined) return undefined;
  const recordings: Recording[] = [];
  for (const [name, meant] of Object.entries(JSON.parse(labels) as Record<string, Order>)) {
    const sound = await readOrTell(join(folder, 'wav', name), say);
    if (sound) recordings.push({ name, meant, sound });
  }
  const sentences = await readFile(join(folder, 'coffee_maker.yaml'), 'utf8');
  return {
    recordings,
    noise: await readSpeech(join(folder, 'noise', 'kitchen.wav')),
    grammar: orderGrammar(sentences),
    jsgf: orderJsgf(sentences),
  };
}

/** Spoken orders to a coffee maker, understood by the agent's own grammar: with its sentences told to the recognizer and without. */
export const speechCommands: Bench = {
  name: 'speech-commands',
  title: 'Spoken commands: intent and every slot right, silence cut off by the ears’ voice activity on the noisy sound itself',
  async run({ data, share, say }) {
    const set = data === undefined ? undefined : await readAll(join(data, 'speech-commands'), say);
    if (!set) return notThere('speech-commands');
    const models = createModels();
    const files = findRecognizer(models.list(), models.resolve, 'en');
    if (!files) return { skipped: 'no English recognizer is on this machine (npm run setup fetches one)' };
    const recognizer: Recognizer = await loadRecognizer(files, 'en');
    const cut = await cutter(models.resolve('silero-vad'));
    const recordings = set.recordings.slice(0, Math.max(2, Math.round(set.recordings.length * share)));
    const hearings: Hearing[] = [];
    for (const decibels of [undefined, ...levels]) {
      const sounds: Float32Array[] = [];
      for (const [turn, { sound }] of recordings.entries())
        sounds.push(await cut(decibels === undefined ? sound : mix(sound, set.noise, decibels, turn)));
      hearings.push({
        name: decibels === undefined ? 'Clean' : `${decibels}dB`,
        says: decibels === undefined ? 'clean' : `at ${decibels} dB`,
        sounds,
      });
    }
    const rightOf = (texts: readonly string[]) =>
      percentOf(texts.map((text, at) => isSame(recordings[at]!.meant, set.grammar.understand(text))));
    const accepted = async (): Promise<number[]> => {
      const shares: number[] = [];
      for (const { says, sounds } of hearings) {
        const texts: string[] = [];
        for (const sound of sounds) texts.push((await recognizer.transcribe(sound)).text);
        for (const [at, text] of texts.entries())
          if (!isSame(recordings[at]!.meant, set.grammar.understand(text))) say(`${recordings[at]!.name}, ${says}: “${text}”`);
        shares.push(rightOf(texts));
      }
      return shares;
    };
    const plain = await accepted();
    recognizer.favour({ phrases: set.grammar.phrases });
    const favoured = await accepted();
    const theirs = await peerOrders(
      hearings.filter(({ name }) => name === 'Clean' || name === '6dB'),
      set.jsgf,
      rightOf,
      say,
    );
    const row = (metric: string, says: string, value: number, more: Partial<Row> = {}): Row => ({
      metric,
      says,
      value,
      unit: '%',
      ...more,
    });
    const rowsOf = (name: string, shares: readonly number[], publishedFor6dB: Partial<Row> = {}) =>
      hearings.map((one, at) => row(`${name}${one.name}`, `· ${one.says}`, shares[at]!, one.name === '6dB' ? publishedFor6dB : {}));
    return [
      row('accepted', 'Accepted, mean over clean and kitchen noise at 6 to 24 dB, its sentences favoured', mean(favoured), {
        goal: { atLeast: 97.6 },
        published: means,
      }),
      ...rowsOf('accepted', favoured, { published: at6dB }),
      row('plain', 'The same, nothing favoured', mean(plain)),
      ...rowsOf('plain', plain),
      ...theirs,
    ];
  },
};
