import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { createEars, createModels, findEarsFiles } from '@wayside/models';
import { loadSenses, type Sensed } from '../../../models/src/speech/ears/ears-senses.ts';
import { createFramer } from '../../../models/src/speech/ears/sound-frame.ts';
import type { Bench, Row } from '../measure.ts';
import { sameHeadElsewhere } from './wake-peer.ts';
import { inRoom, type Recording, readWakeSet, type WakeSet } from './wake-set.ts';

type Asked = WakeSet['said'][number] & { from: number };
type Sense = (frame: Float32Array, deaf: boolean) => Promise<Sensed>;
/** The most likely each word was in a recording, in the order of the words. */
type Judged = number[];
const seconds = (sound: Int16Array) => sound.length / 16_000;

async function judge(sense: Sense, sound: Int16Array, words: number): Promise<Judged> {
  const most: number[] = Array.from({ length: words }, () => 0);
  for (const frame of createFramer()(sound)) {
    const { chances = [] } = await sense(frame, true);
    for (const [at, chance] of chances.entries()) most[at] = Math.max(most[at]!, chance);
  }
  return most;
}

const published = [
  { by: 'Porcupine', value: 2.7, source: 'Picovoice wake-word-benchmark: six words, 10 dB, one false alarm in ten hours' },
];

/** How often each word is missed, how often other speech wakes by it, and how often it would be missed if none did. */
async function rowsOf(open: () => Sense, words: readonly Asked[], { others, noise }: WakeSet, noisy: boolean): Promise<Row[]> {
  const judged = async (all: readonly Recording[]) => {
    const each: Judged[] = [];
    for (const [at, one] of all.entries()) each.push(await judge(open(), inRoom(one, noisy ? noise : undefined, at), words.length));
    return each;
  };
  const strange = await judged(others);
  const hours = others.reduce((sum, { sound }) => sum + seconds(sound) + 2.5, 0) / 3600;
  const rows: Row[] = [];
  for (const [at, { name, word, from, recordings }] of words.entries()) {
    const own = (await judged(recordings)).map((one) => one[at]!);
    const woke = strange.filter((one) => one[at]! >= from).length;
    const most = strange.reduce((top, one) => Math.max(top, one[at]!), 0);
    const missed = (fits: (chance: number) => boolean) => (100 * own.filter(fits).length) / own.length;
    const metric = (what: string) => `${name}${name ? what[0]!.toUpperCase() + what.slice(1) : what}${noisy ? '10dB' : ''}`;
    const where = noisy ? ', kitchen noise at 10 dB' : '';
    rows.push(
      {
        metric: metric('missRate'),
        says: `"${word}" missed, of ${own.length} sayings${where}`,
        value: missed((chance) => chance < from),
        unit: '%',
        goal: { atMost: 2.7 },
        published,
      },
      {
        metric: metric('falseAccepts'),
        says: `recordings of other speech that woke, in an hour (${woke} of ${others.length}, ${hours.toFixed(2)} h)${where}`,
        value: woke / hours,
        unit: '',
      },
      {
        metric: metric('missRateAtZero'),
        says: `missed, if so sure as to wake by nothing else here${where}`,
        value: missed((chance) => chance <= most),
        unit: '%',
      },
    );
  }
  return rows;
}

/** What listening costs: of the processor, not of the clock, which a busy machine stretches. */
async function costOf(sense: Sense, sound: Int16Array): Promise<number> {
  const frames = createFramer()(sound);
  const began = process.cpuUsage();
  for (const frame of frames) await sense(frame, true);
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1e6 / seconds(sound);
}

/** Resident memory of the ears' process once it has written down some speech, in megabytes; none where there is no /proc. */
async function memory(files: Parameters<typeof createEars>[0]['files'], sound: Int16Array): Promise<Row[]> {
  const ears = createEars({ files, now: () => performance.now() });
  const heard: string[] = [];
  const stream = ears.open({ locale: 'en', mode: 'held', heard: ({ kind }) => heard.push(kind) });
  try {
    // No more than the ears let wait while they load.
    stream.write(sound.subarray(0, 6 * 16_000));
    stream.finish();
    for (let n = 0; n < 600 && !heard.includes('final') && !heard.includes('failed'); n++) await pause(100);
    const status = readFileSync(`/proc/${ears.state().pid}/status`, 'utf8');
    const value = Number(/VmRSS:\s+(\d+)/.exec(status)![1]) / 1024;
    return [{ metric: 'earsMB', says: "the ears' process with its recognizer", value, unit: 'MB' }];
  } catch {
    return [];
  } finally {
    await ears.stop();
  }
}

/** Wake words on recordings of people, and what listening for them costs. */
export const wakeWord: Bench = {
  name: 'wake-word',
  title: 'Wake words: "alexa" with the ready head as a check of the chain, and our own in voices that nothing was learned from',
  async run({ data, say }) {
    const set = data === undefined ? undefined : await readWakeSet(data);
    if (!set) return { skipped: 'there is no wake-word/ in the data folder (--data DIR)' };
    const models = createModels();
    await models.pull('wake-alexa').catch(() => say('the ready head for "alexa" is not here and cannot be fetched'));
    const files = findEarsFiles(models, ['wake-alexa']);
    if (!files.voiceActivity || !files.wake) return { skipped: 'the wake chain is not here: wayside models pull' };
    const heads = files.wake.words;
    const here = set.said.filter(({ word, recordings }) => recordings.length > 0 && heads.some((one) => one.word === word));
    const open = await loadSenses({
      ...files,
      wake: { ...files.wake, words: here.map(({ word }) => heads.find((one) => one.word === word)!) },
    });
    const words = here.map((one) => ({ ...one, from: open.heads.find(({ word }) => word === one.word)!.from }));
    const rows: Row[] = [];
    for (const noisy of [false, true]) {
      say(
        `${words.map(({ word }) => `"${word}"`).join(', ')} on ${set.others.length} recordings of others, ${noisy ? 'in noise' : 'clean'} …`,
      );
      rows.push(...(await rowsOf(open.microphone, words, set, noisy)));
    }
    const alexa = words.findIndex(({ word }) => word === 'alexa');
    const ready = alexa < 0 ? undefined : words[alexa];
    if (ready) {
      say('"alexa" by the Python package openWakeWord …');
      const sounds = ready.recordings.map((one, at) => inRoom(one, undefined, at));
      const head = heads.find(({ word }) => word === ready.word)!.path;
      const judgeOne = async (sound: Int16Array) => (await judge(open.microphone(), sound, words.length))[alexa]!;
      rows.push(...(await sameHeadElsewhere({ ...files.wake, head }, ready.from, sounds, judgeOne, say)));
    }
    say('what listening costs …');
    const talk = (set.others.find(({ path }) => path.endsWith('jfk.wav')) ?? set.others[0]!).sound;
    // As it is installed: with our own words alone.
    const installed = await loadSenses(findEarsFiles(models));
    const [speaking, silent] = [
      await costOf(installed.microphone(), talk),
      await costOf(installed.microphone(), new Int16Array(60 * 16_000)),
    ];
    return [
      ...rows,
      { metric: 'speakingRtf', says: 'processor time to listen to a second of speech', value: speaking, unit: 's', goal: { atMost: 0.03 } },
      { metric: 'silenceRtf', says: 'processor time to listen to a second of silence', value: silent, unit: 's', goal: { atMost: 0.01 } },
      ...(await memory(() => findEarsFiles(models), talk)),
    ];
  },
};
