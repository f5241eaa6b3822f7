import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EdgeProcess, residentMb, startEdge } from './edge-process.ts';
import { startFleet } from './fleet.ts';
import { composeLibrary, writePacks } from './library.ts';
import { type Bench, median, quantile, type Row, some, timed, waitFor } from './measure.ts';
import { startPeer } from './peers/start-peer.ts';
import { readSentences, type Sentence } from './sentences.ts';

type Measured = Sentence & { ms: number; rung: string; rejected: boolean };

/** Each sentence as the first of a conversation with a thing of its family, taken in turn; what is timed is the turn. */
async function say(
  edge: EdgeProcess,
  things: ReadonlyMap<string, string[]>,
  sentences: readonly Sentence[],
  turns: number,
  beside: (sentence: Sentence) => Promise<void> = async () => {},
): Promise<Measured[]> {
  const all = [...things.values()].flat();
  const measured: Measured[] = [];
  for (let n = 0; n < turns; n++) {
    // The sentences are many: a stride visits all families and both languages even in a short run.
    const sentence = sentences[(n * 37) % sentences.length]!;
    const fitting = things.get(sentence.family) ?? all;
    const thing = fitting[n % fitting.length];
    const { session } = await edge.operator.post('/v1/sessions', { channel: 'api', locale: sentence.locale, thing });
    const { ms, got } = await timed(() => edge.operator.post(`/v1/sessions/${session}/turns`, { text: sentence.text }));
    // In turn with ours, so that whatever else the machine does falls on both.
    await beside(sentence);
    const rejected = got.understanding.kind === 'unknown';
    measured.push({ ...sentence, ms, rung: got.answer.rung, rejected });
  }
  return measured;
}

const post = (url: string, text: string) =>
  fetch(url, { method: 'POST', body: JSON.stringify({ text }) }).then((response) => response.json());

/** An answer by text, over HTTP, on an edge that is full. */
export const turn: Bench = {
  name: 'turn',
  title: 'A turn by text, over HTTP: 1,000 articles in English and Chinese each, 50 things that speak each second, no model',
  async run({ share, say: tell }): Promise<Row[]> {
    const temporary = await mkdtemp(join(tmpdir(), 'wayside-bench-'));
    await writePacks(join(temporary, 'packs'), await composeLibrary(some(1_000, share)));
    tell('an edge takes the articles in');
    const edge = await startEdge(temporary, ['--packs', join(temporary, 'packs')]);
    const peer = await startPeer<{ url: string }>('row-route.ts', [temporary]);
    const fleet = await startFleet(edge.ready.mqtt, some(50, share));
    try {
      const count = [...fleet.things.values()].flat().length;
      await waitFor('all things', async () => (await edge.operator.get('/v1/things')).things.length === count, 20_000);
      await waitFor('a fault', async () => (await edge.operator.get('/v1/faults')).faults.length > 0, 20_000);
      const { understood, questions, strange } = await readSentences();
      // Two of three are sentences, one is a question for the articles.
      const mixed = understood.flatMap((one, n) => (n % 2 === 0 ? [one, questions[n % questions.length]!] : [one]));
      tell('turns');
      await say(edge, fleet.things, mixed, some(60, share));
      const bare: number[] = [];
      const measured = await say(edge, fleet.things, mixed, some(1_500, share), async ({ text }) => {
        bare.push((await timed(() => post(peer.ready.url, text))).ms);
      });
      const rejected = (await say(edge, fleet.things, strange, some(300, share))).filter((one) => one.rejected);
      const answered = measured.filter((one) => !one.rejected);
      const of = (fits: (one: Measured) => boolean) => answered.filter(fits).map(({ ms }) => ms);
      const all = of(() => true);
      const is = 'bare Hono route, one row stored';
      const split = (metric: string, says: string, times: number[]): Row => ({
        metric,
        says: `${says} (${times.length} turns), p95`,
        value: quantile(times, 0.95),
        unit: 'ms',
      });
      return [
        {
          metric: 'p50Ms',
          says: 'Answer, p50',
          value: median(all),
          unit: 'ms',
          peers: [{ is, value: median(bare), as: 'p50ToBareRoute' }],
        },
        {
          metric: 'p95Ms',
          says: 'Answer, p95',
          value: quantile(all, 0.95),
          unit: 'ms',
          goal: { atMost: 50 },
          peers: [{ is, value: quantile(bare, 0.95), as: 'p95ToBareRoute' }],
        },
        ...(['grammar', 'diagnosis', 'knowledge'] as const).map((rung) =>
          split(
            `${rung}P95Ms`,
            `· by ${rung}`,
            of((one) => one.rung === rung),
          ),
        ),
        split(
          'enP95Ms',
          '· in English',
          of((one) => one.locale === 'en'),
        ),
        split(
          'zhP95Ms',
          '· in Chinese',
          of((one) => one.locale === 'zh'),
        ),
        {
          metric: 'rejectP95Ms',
          says: `Unmatched input rejected (${rejected.length} turns), p95`,
          value: quantile(
            rejected.map(({ ms }) => ms),
            0.95,
          ),
          unit: 'ms',
          goal: { atMost: 100 },
        },
        { metric: 'residentMb', says: 'Memory of the edge after it', value: await residentMb(edge.process.pid!), unit: 'MB' },
      ];
    } finally {
      await fleet.stop();
      await Promise.all([edge.stop(), peer.stop()]);
      await rm(temporary, { recursive: true, force: true });
    }
  },
};
