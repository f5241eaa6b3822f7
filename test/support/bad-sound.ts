import { setTimeout as pause } from 'node:timers/promises';
import { joined, mixed, pinkNoise, silence } from './real-voice.ts';
import { type Site, until } from './site.ts';
import { openTalker, type Talker } from './talker.ts';

/** What somebody does to the voice socket that is no clean speech, and what is then told of it. */
export type BadSound = {
  name: string;
  /** Said to `question`, which is understood when nothing is wrong with it. */
  send(talker: Talker, question: Int16Array): Promise<void>;
  /** Any of these events (of `failed` its reason) shows on the screen how it stands. */
  told: readonly string[];
};

/** Sound may come so much faster than life without being too much of it. */
const faster = 1.4;
const loud = (noise: Float32Array, level: number) => Int16Array.from(noise, (x) => x * level);
const clipped = (sound: Int16Array) => Int16Array.from(sound, (x) => Math.sign(x) * Math.min(32_767, Math.abs(x) * 20));
const sent = (sound: (seconds: number) => Int16Array) => (seconds: number) => (talker: Talker) =>
  talker.speak(sound(seconds), seconds < 10 ? faster : 1);
const samples = (seconds: number) => Math.round(16_000 * seconds);

const noise = sent((seconds) => loud(pinkNoise(samples(seconds)), 9_000));
const roar = sent((seconds) => clipped(loud(pinkNoise(samples(seconds), 7), 32_767)));
const stuck = sent((seconds) => new Int16Array(samples(seconds)).fill(32_767));

/** Bad sound of every kind; noise lasts so many seconds. */
export const badSounds = (seconds: number): readonly BadSound[] => [
  { name: 'silence', send: (talker) => talker.speak(silence(9), faster), told: ['idle'] },
  { name: 'noise', send: noise(seconds), told: ['idle', 'heard'] },
  { name: 'noise at full scale', send: roar(seconds), told: ['idle', 'heard'] },
  { name: 'a level that never moves', send: stuck(seconds), told: ['idle'] },
  { name: 'clipped speech', send: (talker, question) => talker.speak(clipped(question)), told: ['heard'] },
  {
    name: 'noise as loud as the speech',
    send: (talker, question) => talker.speak(joined(mixed(question, pinkNoise(question.length, 5), 0), silence(2))),
    told: ['heard', 'idle'],
  },
  {
    name: 'frames of odd bytes',
    async send({ socket }) {
      for (const bytes of [1, 3, 641, 63_999]) socket.send(Buffer.alloc(bytes, 7));
    },
    told: ['invalid'],
  },
  {
    name: 'a minute of sound at once',
    async send({ socket }) {
      for (let n = 0; n < 60; n++) socket.send(Buffer.alloc(32_000, n));
    },
    told: ['flood'],
  },
  { name: 'sound that stops in mid-word', send: (talker, question) => talker.speak(question.subarray(0, 14_000)), told: ['heard', 'idle'] },
];

/** Somebody at the voice socket of a new conversation, listened to. */
export async function enterByVoice(site: Site): Promise<{ talker: Talker; session: string }> {
  const { session } = await site.operator.post('/v1/sessions', { channel: 'voice', locale: 'en', thing: 'car-1' });
  const talker = await openTalker(site.edge().url, session, { authorization: `Bearer ${site.edge().token}` });
  talker.ask({ ask: 'listen', mode: 'open' });
  await talker.came('listening');
  return { talker, session };
}

/** Asks again in the same conversation, until that is understood. @throws when it is not */
export async function askAnew(talker: Talker, question: Int16Array, words: RegExp): Promise<void> {
  const before = talker.events.length;
  talker.ask({ ask: 'listen', mode: 'open' });
  await talker.speak(question, faster);
  const understood = () => talker.events.slice(before).some(({ event, text }) => event === 'heard' && words.test(text));
  await until('the next question to be understood', understood, 60_000);
}

/** Does it, and asks the question. Gives what was told first. @throws when nothing was told, or the question is not understood */
export async function survive(site: Site, bad: BadSound, question: Int16Array, words: RegExp): Promise<string> {
  const { talker } = await enterByVoice(site);
  try {
    const before = talker.events.length;
    await bad.send(talker, question);
    await pause(100);
    const names = () => talker.events.slice(before).map(({ event, why }) => (event === 'failed' ? why : event));
    const told = await until(`${bad.name} to be told of`, () => names().find((name) => bad.told.includes(name)), 60_000);
    await askAnew(talker, question, words);
    return told;
  } catch (error) {
    const came = talker.events.map(({ event, why, text }) => [event, why, text].filter(Boolean).join(' '));
    throw new Error(`${(error as Error).message}; what came: ${came.join(', ')}`);
  } finally {
    talker.close();
  }
}
