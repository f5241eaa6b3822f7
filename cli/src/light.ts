import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * How a process of ours is begun so that it stays light. An edge lives for months on a small device beside other programs;
 * what V8 and malloc do by default suits servers that have a machine to themselves. Measured shares: docs/benchmarks/edge.md.
 */

/**
 * Settings of V8. A small nursery, so that the garbage of the start does not stay resident; one thread that clears it, since beside other programs the wait
 * for helpers to be given a core is longer than what they would do. The right to ask for collections (`dropWhatStartLeft`). A long wait before code is optimised, since
 * each compiler brings pages and a heap of its own into memory, and an edge at rest runs nothing often enough to need it. Code that has not run for two
 * collections is let go of: what a start and a conversation compiled would stay for six.
 */
const lean = [
  '--max-semi-space-size=1',
  '--no-parallel-scavenge',
  '--expose-gc',
  '--invocation-count-for-maglev=20000',
  '--invocation-count-for-maglev-osr=5000',
  '--invocation-count-for-turbofan=1000000',
  '--invocation-count-for-osr=1000000',
  '--bytecode-old-age=2',
  '--flush-baseline-code',
];

/** An old generation that is kept small. */
const keepSmall = '--optimize-for-size';

/**
 * Node's arguments for a process of ours. Whatever crashes, no report of it tells the environment, by which secrets come.
 */
export const lightArgs = ['--disable-warning=ExperimentalWarning', '--report-exclude-env', keepSmall, ...lean];

/**
 * What an edge is begun with besides, since V8 looks at it before any of ours runs. In a program that may grow to 2 GB and more, each thread would map V8's
 * own code once more near the code it makes, 2 MB for jumps that are a little shorter. Not `--no-short-builtin-calls`, which says the same: under another setting
 * for code than it was made under, V8 takes none of what lies compiled in the Node program, and Node makes it anew and keeps that.
 */
export const edgeArgs = ['--max-old-space-size=1000'];

/**
 * The environment: one malloc arena for all threads, which holds 2 MB less. Pieces of 96 KiB and more are mapped each for itself, and what is free at the end of
 * the arena beyond 256 KiB is given back: by itself malloc takes the largest piece ever freed, megabytes at a start, for what is to be kept from then on.
 * Not smaller: Node asks for 64 KiB for whatever it reads from a socket.
 */
export const lightEnv = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  MALLOC_ARENA_MAX: '1',
  MALLOC_MMAP_THRESHOLD_: '98304',
  MALLOC_TRIM_THRESHOLD_: '262144',
  ...env,
});

/**
 * Makes this process a light edge, before it has loaded anything. It does without V8's last compiler, which holds 10 MB from the first function on
 * that it was given, be that after months, until a flood of telemetry calls for it (`bringLastCompiler`). The filter lets no function through.
 * Of its own accord instead of by Node's arguments: a start is 25 ms longer where the same command has to begin anew, with the same process id, which is
 * needed only where whoever began it gave it no light environment (`deploy/edge/wayside` and `wayside up` do). The size of the nursery holds for
 * threads that begin from now on; this one's is kept small after the start, and so is its old generation (`keepHeapSmall`).
 */
export function becomeLight(): void {
  if (process.env.MALLOC_ARENA_MAX === undefined && process.execve && process.platform === 'linux' && !process.send) {
    const env = Object.fromEntries(Object.entries(lightEnv(process.env)).filter((each): each is [string, string] => each[1] !== undefined));
    process.execve(process.execPath, [process.argv0, ...edgeArgs, ...process.execArgv, ...process.argv.slice(1)], env);
  }
  for (const setting of [...lean, '--turbo-filter=~']) setFlagsFromString(setting);
}

/** For a flood of telemetry, which without V8's last compiler is taken in half as fast: from now on it is given the functions that have run often enough. */
export const bringLastCompiler = (): void => setFlagsFromString('--turbo-filter=*');

// Of another context where this one was there before `--expose-gc`.
const collector = () => globalThis.gc ?? (runInNewContext('gc') as NonNullable<typeof globalThis.gc>);

/**
 * From now on the nursery of this thread stays small, and the old generation is collected after little growth; a collection makes both so, at once, since
 * under a steady load no rest might come. At a start a large nursery saves 25 ms of collections, and an old generation that was to be small was collected
 * twice before an edge was ready, 45 ms, which took the nursery down with it.
 */
export function keepHeapSmall(): void {
  for (const setting of [keepSmall, '--semi-space-growth-factor=1']) setFlagsFromString(setting);
  collector()({ type: 'major', execution: 'sync' });
}

/** Gives back what a start needed and serving does not: V8 by itself would keep it until the old generation has grown as much again. */
const dropWhatStartLeft = (): void => {
  const collect = collector();
  // Twice: a megabyte and a half of what the first collection leaves goes with the second.
  for (let i = 0; i < 2; i++) collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
};

const restMs = 20_000;
/** What a start sets going has mostly come to rest by then; until it has, it is looked again as soon. */
const settledMs = 2_500;
/** As much of the time may go into work for the process to be at rest. */
const atRest = 0.05;
const worthwhileBytes = 2.5e6;

/**
 * Gives back what a conversation left, when the process has had little to do for a while: V8 collects when the heap has grown by half, and what
 * is at rest does not grow. The loop stands still for it, about a tenth of a second on a fast machine, so only where some megabytes are to be won.
 * @param also gives back what other threads hold
 */
export function giveBackAtRest(also: () => void): void {
  let least = Number.NEGATIVE_INFINITY;
  let before = performance.eventLoopUtilization();
  const look = () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    if (utilization <= atRest && process.memoryUsage().heapTotal - least >= worthwhileBytes) {
      dropWhatStartLeft();
      also();
      least = process.memoryUsage().heapTotal;
    }
    setTimeout(look, least < 0 ? settledMs : restMs).unref();
  };
  setTimeout(look, settledMs).unref();
}
