import { misfiringCar } from '../../browser/live-thing.ts';
import { joined, noVoice, realEars, realMouth, silence, spoken } from '../../support/real-voice.ts';
import { createSite, type Site, until } from '../../support/site.ts';
import { openTalker } from '../../support/talker.ts';
import { type Bench, type BenchOptions, median, quantile, type Row, some } from '../measure.ts';

const questions = [
  'Can I drive on?',
  'Why did the warning light come on?',
  'What is wrong with the car?',
  'How do I fix it?',
  'What does P zero three zero one mean?',
  'How fast is it going?',
];
const interruption = 'Stop, tell me whether I can drive on.';
/** What is louder than this is speech and not the breath before or after it. */
const audible = 600;

type Parts = { endpoint: number; decode: number; turn: number; sound: number; all: number };

/** Speech without the silence around it. */
function voiced(sound: Int16Array): Int16Array {
  const from = sound.findIndex((x) => Math.abs(x) > audible);
  const to = sound.findLastIndex((x) => Math.abs(x) > audible);
  return sound.slice(Math.max(0, from), to + 1);
}

async function enter(site: Site) {
  const { session } = await site.operator.post('/v1/sessions', { channel: 'voice', locale: 'en', thing: 'car-1' });
  const talker = await openTalker(site.edge().url, session, { authorization: `Bearer ${site.edge().token}` });
  const at = new Map<string, number>();
  talker.socket.on('message', (data, binary) => {
    if (binary) return;
    const { event } = JSON.parse(String(data)) as { event: string };
    if (!at.has(event)) at.set(event, performance.now());
  });
  talker.ask({ ask: 'listen', mode: 'open' });
  await talker.came('listening');
  return { talker, at };
}

/** One question from its last sound to the first sound of its answer, in its parts; undefined when it was not heard in one piece. */
async function ask(site: Site, question: Int16Array): Promise<Parts | undefined> {
  const { talker, at } = await enter(site);
  try {
    await talker.speak(joined(silence(0.5), question));
    const end = performance.now();
    const quiet = talker.speak(silence(8)).catch(() => {});
    // On a busy machine a question may be lost; it is then no measurement, and ends none.
    if (!(await until('sound', () => talker.at.first, 30_000).catch(() => undefined))) return undefined;
    const [ended, heard, answered] = ['speech-ended', 'heard', 'answered'].map((name) => at.get(name) ?? Number.NaN) as [
      number,
      number,
      number,
    ];
    const parts = {
      endpoint: ended - end,
      decode: heard - ended,
      turn: answered - heard,
      sound: talker.at.first! - answered,
      all: talker.at.first! - end,
    };
    talker.close();
    await quiet;
    return Object.values(parts).every((ms) => ms >= 0) ? parts : undefined;
  } finally {
    talker.close();
  }
}

/** From the first sound of a person over an answer to when the loudspeaker is told to hold. */
async function interrupt(site: Site, question: Int16Array, over: Int16Array): Promise<number> {
  const { talker, at } = await enter(site);
  try {
    await talker.speak(joined(silence(0.5), question, silence(1)));
    // A microphone never stops: in what it hears of the answer's beginning the ears learn how loud that is here.
    for (let n = 0; n < 300 && talker.at.first === undefined; n++) await talker.speak(silence(0.1));
    await talker.speak(silence(1.5));
    const from = performance.now();
    await talker.speak(joined(over, silence(0.5)));
    await until('quiet', () => at.get('paused') ?? at.get('interrupted'), 10_000);
    return Math.min(at.get('paused') ?? Number.POSITIVE_INFINITY, at.get('interrupted') ?? Number.POSITIVE_INFINITY) - from;
  } finally {
    talker.close();
  }
}

/** How long one waits for an answer, and how soon it stops when one speaks. The questions are synthetic: what is measured is time. */
export const answering: Bench = {
  name: 'answering',
  title: 'A question by voice to a car that misfires, over the socket, from the end of speech to the first sound of the answer',
  async run({ share, say }: BenchOptions): Promise<Row[] | { skipped: string }> {
    if (noVoice) return { skipped: noVoice };
    const [ears, mouth] = [realEars(), realMouth('')];
    const site = await createSite({ hub: false, ears, synthesizer: mouth });
    const car = await misfiringCar(site);
    try {
      ears.warm();
      await until('the ears', () => ears.state().state === 'ready', 60_000);
      const sounds: Int16Array[] = [];
      for (const text of questions) sounds.push(voiced(await spoken(mouth, text)));
      const over = voiced(await spoken(mouth, interruption));
      const parts: Parts[] = [];
      const rounds = some(24, share);
      for (let n = 0; n < rounds; n++) {
        say(`question ${n + 1} of ${rounds}`);
        const one = await ask(site, sounds[n % sounds.length]!);
        if (one) parts.push(one);
      }
      const stops: number[] = [];
      for (let n = 0; n < some(8, share); n++) stops.push(await interrupt(site, sounds[1]!, over));
      const of = (name: keyof Parts) => parts.map((one) => one[name]);
      const row = (metric: string, says: string, value: number, goal?: Row['goal']): Row => ({
        metric,
        says,
        value,
        unit: 'ms',
        ...(goal ? { goal } : {}),
      });
      return [
        row('p50Ms', `end of speech to first sound, middle of ${parts.length}`, median(of('all')), { atMost: 800 }),
        row('p95Ms', 'the same, one in twenty is slower', quantile(of('all'), 0.95), { atMost: 1_500 }),
        row('endpointMs', 'of it: sure that the sentence is over', median(of('endpoint'))),
        row('decodeMs', 'of it: written down', median(of('decode'))),
        row('turnMs', 'of it: understood and answered', median(of('turn'))),
        row('firstSoundMs', 'of it: the first piece spoken', median(of('sound'))),
        row('bargeInMs', `a person speaks over the answer to quiet, middle of ${stops.length}`, median(stops), { atMost: 200 }),
        row('bargeInP95Ms', 'the same, one in twenty is slower', quantile(stops, 0.95)),
      ];
    } finally {
      await car.stop();
      await site.close();
    }
  },
};
