/** Who started the process that is to die, at which moment, and at which time of reaching it. */
const [starter, moment, times = '1'] = (process.env.WAYSIDE_FAILPOINT ?? '').split(' ');
/** It must be named by the very process that started this one: what was left in an environment kills nobody. */
const armed = starter === String(process.ppid) ? moment : undefined;
let left = Number(times);

/**
 * A named moment between two acts that must hold together. Under `prove:failpoints` this process dies here as of kill -9; elsewhere nothing happens.
 * `test/prove/failpoints/moments.ts` says of each name what leads there.
 */
export function failpoint(name: string): void {
  if (name === armed && --left === 0) process.kill(process.pid, 'SIGKILL');
}
