import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bench, type Row, some } from '../measure.ts';
import { startPeer } from '../peers/start-peer.ts';

const things = 1_000;
const signals = 20;
const hours = 3;

/** What a large site holds in memory, and that it does not go on growing. */
export const site: Bench = {
  name: 'site',
  title: `Memory of ${things} things with ${signals} signals each that nobody wrote a pack for (the detectors of the generic pack), a message every ten seconds for ${hours} hours`,
  async run({ share, say }): Promise<Row[]> {
    const temporary = await mkdtemp(join(tmpdir(), 'wayside-bench-'));
    say('some minutes');
    const peer = await startPeer<{ heapMb: number[] }>('site-memory.ts', [temporary, some(things, share), signals, hours].map(String));
    await peer.stop();
    await rm(temporary, { recursive: true, force: true });
    const { heapMb } = peer.ready;
    const [before, last] = [heapMb.at(-2)!, heapMb.at(-1)!];
    return [
      { metric: 'heapMb', says: 'Held after a collection', value: last, unit: 'MB' },
      {
        metric: 'growthPercent',
        says: 'More than an hour before, percent',
        value: (100 * (last - before)) / before,
        unit: '',
        goal: { atMost: 2 },
      },
    ];
  },
};
