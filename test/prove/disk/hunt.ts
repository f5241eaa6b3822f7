import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { createRandom } from '@wayside/simulators';
import type { Failure, Life } from './life.ts';

const run = promisify(execFile);

export type DiskHunt = {
  lives: number;
  /** Calls of a life that the disk could have failed, and calls it did fail. */
  calls: number;
  failed: number;
  byFailure: Record<string, number>;
  saved: number;
  /** Acts of an edge that were refused, by what it said. */
  refused: Record<string, number>;
  wrong: { until: number; failure: Failure; what: string[] }[];
};

/** Is there what the failing disk needs: Linux, where libraries can be loaded before others, and a C compiler? */
export const canFail = (): Promise<boolean> =>
  run('cc', ['--version']).then(
    () => process.platform === 'linux',
    () => false,
  );

const whose = ['edge', 'hub'] as const;
const failures = (of: Failure['of']): Failure[] =>
  (['ENOSPC', 'EIO'] as const).flatMap((error) => [
    { of, reads: false, error, times: 1, torn: false },
    { of, reads: false, error, times: 1, torn: true },
    { of, reads: false, error, times: 5, torn: false },
    { of, reads: false, error, times: 40, torn: true },
  ]);
const readFailures = (of: Failure['of']): Failure[] => [1, 5, 40].map((times) => ({ of, reads: true, error: 'EIO', times, torn: false }));
/** Of three lives one is on a disk that cannot be read, and of three one is a hub's. */
const readShare = 1 / 3;
const hubShare = 1 / 3;

/** A store lives through its whole life so often, each time on a disk that fails at a drawn call of it, in a drawn way. The same seed draws the same. */
export async function huntDisk(lives: number, seed: number): Promise<DiskHunt> {
  const base = await mkdtemp(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'wayside-disk-'));
  const hunt: DiskHunt = { lives: 0, calls: 0, failed: 0, byFailure: {}, saved: 0, refused: {}, wrong: [] };
  try {
    const library = join(base, 'failing-disk.so');
    await run('cc', ['-shared', '-fPIC', '-O1', '-o', library, resolve(import.meta.dirname, 'failing-disk.c'), '-ldl']);
    const calls = { edge: { write: 0, read: 0 }, hub: { write: 0, read: 0 } };
    const well = whose.flatMap((of) => [failures(of)[0], readFailures(of)[0]]).map((failure) => [2 ** 30, failure as Failure] as const);
    await livesIn(base, library, well, ([, { of, reads }], life) => {
      calls[of][reads ? 'read' : 'write'] = life.calls;
      for (const what of life.wrong) throw new Error(`on a disk that is well: ${what}`);
    });
    hunt.calls = calls.edge.write + calls.edge.read + calls.hub.write + calls.hub.read;
    const plan = drawn(calls, lives, seed);
    await livesIn(base, library, plan, ([until, failure], life) => {
      const name = `${failure.of === 'hub' ? 'a hub’s, ' : ''}${failure.error}${failure.reads ? ' when read' : ''}, ${failure.times} in a row${failure.torn ? ', torn' : ''}`;
      hunt.lives++;
      hunt.failed += life.failed;
      hunt.saved += life.saved;
      hunt.byFailure[name] = (hunt.byFailure[name] ?? 0) + 1;
      for (const { code } of life.refused) hunt.refused[code] = (hunt.refused[code] ?? 0) + 1;
      if (life.wrong.length > 0) hunt.wrong.push({ until, failure, what: life.wrong });
    });
  } finally {
    await rm(base, { recursive: true, force: true });
  }
  return hunt;
}

type Plan = readonly (readonly [number, Failure])[];
function drawn(calls: Record<Failure['of'], { write: number; read: number }>, lives: number, seed: number): Plan {
  const random = createRandom(seed, 'disk');
  const below = (n: number) => Math.floor(random() * n);
  return Array.from({ length: lives }, () => {
    const of = random() < hubShare ? 'hub' : 'edge';
    const reads = random() < readShare;
    const kinds = reads ? readFailures(of) : failures(of);
    return [below(calls[of][reads ? 'read' : 'write']), kinds[below(kinds.length)] as Failure] as const;
  });
}

/** In processes of their own, since the library is loaded before them; so many lives each. */
const perProcess = 400;
async function livesIn(base: string, library: string, plan: Plan, each: (of: Plan[number], life: Life) => void): Promise<void> {
  const [folder, control] = [join(base, 'store'), join(base, 'control')];
  await mkdir(folder, { recursive: true });
  for (let from = 0; from < plan.length; from += perProcess) {
    await writeFile(control, Buffer.alloc(28));
    const part = plan.slice(from, from + perProcess);
    const args = ['--disable-warning=ExperimentalWarning', resolve(import.meta.dirname, 'life.ts'), JSON.stringify(part)];
    const env = { ...process.env, LD_PRELOAD: library, FAILING_DISK: folder, FAILING_DISK_CONTROL: control };
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
    let done = 0;
    for await (const line of createInterface({ input: child.stdout })) each(part[done++] as Plan[number], JSON.parse(line) as Life);
    if (done < part.length) throw new Error(`the process ended in the life with ${JSON.stringify(part[done])}`);
  }
}
