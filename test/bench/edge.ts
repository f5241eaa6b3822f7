import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EdgeProcess, residentMb, startEdge } from './edge-process.ts';
import { type Bench, median, pause, type Row, some, timed } from './measure.ts';
import { startPeer } from './peers/start-peer.ts';
import { readSentences } from './sentences.ts';

const bareNode = () =>
  new Promise<void>((resolve) => spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }).once('exit', () => resolve()));

async function firstAnswer(edge: EdgeProcess): Promise<void> {
  const { session } = await edge.operator.post('/v1/sessions', { channel: 'api', locale: 'en' });
  await edge.operator.post(`/v1/sessions/${session}/turns`, { text: 'What can you do?' });
}

async function converse(edge: EdgeProcess, turns: number): Promise<void> {
  const { understood } = await readSentences();
  let session = '';
  for (let n = 0; n < turns; n++) {
    const { text, locale } = understood[(n * 37) % understood.length]!;
    if (n % 10 === 0) ({ session } = await edge.operator.post('/v1/sessions', { channel: 'api', locale }));
    await edge.operator.post(`/v1/sessions/${session}/turns`, { text });
  }
}

/** What an edge weighs and how soon it answers, without models. */
export const edge: Bench = {
  name: 'edge',
  title: 'The edge as a process, lite tier, shipped packs: start and memory',
  async run({ share, say }): Promise<Row[]> {
    const [fresh, again, node, hello]: [number[], number[], number[], number[]] = [[], [], [], []];
    // By then an edge has given back what its start left (`giveBackAtRest`).
    const idleMs = 8_000 * Math.min(1, 2 * share);
    for (let round = 0; round < some(7, share); round++) {
      say(`start ${round + 1}`);
      const temporary = await mkdtemp(join(tmpdir(), 'wayside-bench-'));
      for (const into of [fresh, again]) {
        const { ms, got } = await timed(async () => {
          const started = await startEdge(temporary);
          await firstAnswer(started);
          return started;
        });
        into.push(ms);
        await got.stop();
      }
      await rm(temporary, { recursive: true, force: true });
      node.push((await timed(bareNode)).ms);
      const greeted = await timed(async () => {
        const peer = await startPeer<{ url: string }>('hello.ts');
        await (await fetch(peer.ready.url)).text();
        return peer;
      });
      hello.push(greeted.ms);
      await greeted.got.stop();
    }
    const temporary = await mkdtemp(join(tmpdir(), 'wayside-bench-'));
    const started = await startEdge(temporary);
    const peer = await startPeer<{ url: string }>('hello.ts');
    try {
      await (await fetch(peer.ready.url)).text();
      await pause(idleMs);
      const [idle, helloMb] = [await residentMb(started.process.pid!), await residentMb(peer.pid)];
      const turns = some(1_000, share);
      say(`${turns} turns`);
      await converse(started, turns);
      // An edge gives back at rest what a conversation left: it looks every twenty seconds.
      await pause(turns < 1_000 ? idleMs : 45_000);
      const used = await residentMb(started.process.pid!);
      const starts = [
        { is: 'node -e 0', value: median(node) },
        { is: 'Hono hello world, first answer', value: median(hello) },
      ] as const;
      const memory = { is: 'Hono hello world', value: helloMb };
      return [
        {
          metric: 'startToAnswerMs',
          says: 'Start → first answer',
          value: median(again),
          unit: 'ms',
          goal: { atMost: 3_000 },
          peers: [
            { ...starts[0], as: 'startToBareNode' },
            { ...starts[1], as: 'startToHelloWorld' },
          ],
        },
        {
          metric: 'firstStartToAnswerMs',
          says: '· the very first start, store made',
          value: median(fresh),
          unit: 'ms',
          goal: { atMost: 3_000 },
        },
        {
          metric: 'idleMb',
          says: 'Memory (RSS) after start',
          value: idle,
          unit: 'MB',
          goal: { atMost: 100 },
          peers: [{ ...memory, as: 'idleToHelloWorld' }],
        },
        {
          metric: 'usedMb',
          says: `Memory (RSS) after ${turns.toLocaleString('en')} turns`,
          value: used,
          unit: 'MB',
          goal: { atMost: 100 },
          peers: [{ ...memory, as: 'usedToHelloWorld' }],
        },
      ];
    } finally {
      await Promise.all([started.stop(), peer.stop()]);
      await rm(temporary, { recursive: true, force: true });
    }
  },
};
