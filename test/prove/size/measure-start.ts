import { mkdtemp, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EdgeProcess, startEdge } from '../../bench/edge-process.ts';
import { freePort } from '../../support/free-port.ts';
import { until } from '../../support/site.ts';
import { fillStore } from './fill-store.ts';

export type Start = {
  /** From the call to the first answer, and what of it was spent on a processor, seconds. */
  seconds: number;
  cpuSeconds: number;
};
export type StartHunt = { bytes: number; turns: number; empty: Start; full: Start; damageSeenSeconds: number };

/** A look at a store in use comes when service has begun; on a disk that is slow it takes its time. */
const patienceMs = 900_000;

/** A real edge with a new store, then with one of this size, then with a page of it spoiled, which must be noticed and mended while it serves. */
export async function measureStart(bytes: number): Promise<StartHunt> {
  const folder = await mkdtemp(join(tmpdir(), 'wayside-size-'));
  const [data, file] = [join(folder, 'edge'), join(folder, 'edge', 'edge.db')];
  try {
    await started(folder, (edge) => edge.stop());
    const empty = await started(folder, (edge) => edge.stop());
    const turns = fillStore(file, bytes);
    // The first start brings the log into the file, as after a power cut; the second is one as every day.
    await started(folder, (edge) => edge.stop());
    const { size } = await stat(file);
    const full = await started(folder, (edge) => edge.stop());
    await spoil(file, size);
    const from = performance.now();
    await started(folder, async (edge) => {
      const aside = async () => (await readdir(data)).some((name) => name.startsWith('edge.db.damaged-'));
      await until('the damage is noticed, the store set aside', async () => ((await aside()) ? true : undefined), patienceMs);
      await until('the edge serves again', () => edge.operator.get('/v1/status').catch(() => undefined), patienceMs);
      await edge.stop();
    });
    return { bytes: size, turns, empty, full, damageSeenSeconds: secondsSince(from) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function started(folder: string, then: (edge: EdgeProcess) => Promise<void>): Promise<Start> {
  const from = performance.now();
  // It serves at the same place when it begins anew.
  const edge = await startEdge(folder, ['--port', String(await freePort())]);
  const { session } = await edge.operator.post('/v1/sessions', { channel: 'api', locale: 'en' });
  await edge.operator.post(`/v1/sessions/${session}/turns`, { text: 'What can you do?' });
  const start = { seconds: secondsSince(from), cpuSeconds: await cpuSeconds(edge.process.pid as number) };
  await then(edge);
  return start;
}

const secondsSince = (from: number): number => Math.round((performance.now() - from) / 10) / 100;

/** utime and stime, proc_pid_stat(5), in ticks of which Linux has a hundred a second. NaN where there is no /proc. */
async function cpuSeconds(pid: number): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')).split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

async function spoil(file: string, size: number): Promise<void> {
  const handle = await open(file, 'r+');
  await handle.write(Buffer.alloc(8_192, 0xa5), 0, 8_192, (size >> 13) * 4_096);
  await handle.close();
}
