import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { createRandom } from '@wayside/simulators';
import { filesOf, type Kept, wrongWith } from './check.ts';
import { Disk, fates } from './disk.ts';
import { type Op, readLog } from './log.ts';

const run = promisify(execFile);
const writes = 120;

export type PowerHunt = {
  /** Crash images looked at, over how many system calls and acknowledgments. */
  images: number;
  calls: number;
  acknowledged: number;
  byFate: Record<string, number>;
  /** Images with unsynced writes: the others would look the same after any crash. */
  withUnsynced: number;
  wrong: { call: number; fate: string; what: string }[];
};

export const hasStrace = (): Promise<boolean> =>
  run('strace', ['-V']).then(
    () => true,
    () => false,
  );

/** Lets a real store write, and takes down what it asked of the system. */
export async function record(kept: Kept, seed: number, transactions = writes): Promise<Op[]> {
  const folder = await mkdtemp(join(tmpdir(), 'wayside-power-'));
  const log = join(folder, 'calls');
  const files = [...filesOf(kept), 'acks'].flatMap((name) => ['-P', join(folder, name)]);
  try {
    const what = 'trace=pwrite64,write,ftruncate,fsync,fdatasync,unlink,unlinkat';
    const writer = resolve(import.meta.dirname, kept.writer);
    const node = ['--disable-warning=ExperimentalWarning', writer, folder, String(transactions), String(seed)];
    // It ends by being killed, so strace says that it failed; without a log there is nothing to read, which is said then.
    await run('strace', ['-f', '-y', '-xx', '-s', '1048576', '-e', what, ...files, '-o', log, process.execPath, ...node], {
      maxBuffer: 2 ** 26,
    }).catch(() => {});
    return await readLog(log);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Cuts the power at drawn moments of what a real store did, and looks at what is left: in each image some of what was not synced is there, torn and
 * out of order. The same seed draws the same images of the same log.
 * @param obeysSync false for the control run on a disk that lies about its syncs, where records must be found lost
 */
export async function huntPower(kept: Kept, images: number, seed: number, obeysSync = true, ops?: readonly Op[]): Promise<PowerHunt> {
  const calls = ops ?? (await record(kept, seed));
  const random = createRandom(seed, 'crashes');
  // In memory where there is such a place: it is the disk that is played, not used.
  const folder = await mkdtemp(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'wayside-image-'));
  const moments = new Map<number, number>();
  for (let i = 0; i < images; i++) {
    const at = Math.floor(random() * calls.length);
    moments.set(at, (moments.get(at) ?? 0) + 1);
  }
  const hunt: PowerHunt = { images, calls: calls.length, acknowledged: 0, byFate: {}, withUnsynced: 0, wrong: [] };
  const disk = new Disk(obeysSync);
  const acknowledged = new Set<string>();
  try {
    for (const [at, op] of calls.entries()) {
      disk.apply(op);
      if (op.kind === 'ack') for (const id of op.ids) acknowledged.add(id);
      for (let i = moments.get(at) ?? 0; i > 0; i--) {
        const fate = fates[Math.floor(random() * fates.length)] as (typeof fates)[number];
        hunt.byFate[fate] = (hunt.byFate[fate] ?? 0) + 1;
        if (disk.unsynced > 0) hunt.withUnsynced++;
        const what = await wrongWith(kept, disk.image(fate, random), acknowledged, folder);
        if (what !== undefined) hunt.wrong.push({ call: at, fate, what });
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return { ...hunt, acknowledged: acknowledged.size };
}
