/** Time that passes only when somebody lets it: the same talk takes the same time on any machine, however busy. */
export type Clock = { now(): number; pass(ms: number): void };

export function createClock(start: number): Clock {
  let at = start;
  return {
    now: () => at,
    pass(ms) {
      at += ms;
    },
  };
}
