/** Divides the time of the loop between what a fleet floods in and everybody else who waits for it: people, timers, the hub. */
export type Pace = {
  /** Whether this turn of the loop has worked its share already. */
  over(): boolean;
  /** Runs `act` in the next turn that has time for it, in the order asked for. */
  later(act: () => void): void;
};

/** So much of each turn, ms: a person's question waits for no more, and turning so often costs a flood little. */
const shareMs = 4;

/** One for all sockets of a broker. */
export function createPace(now: () => number = () => performance.now(), nextTurn: (act: () => void) => void = setImmediate): Pace {
  const waiting: (() => void)[] = [];
  let began: number | undefined;

  function begin(): void {
    began = now();
    nextTurn(turn);
  }

  function turn(): void {
    began = undefined;
    if (waiting.length === 0) return;
    begin();
    let next = 0;
    while (next < waiting.length && !over()) waiting[next++]!();
    waiting.splice(0, next);
  }

  function over(): boolean {
    if (began === undefined) begin();
    return now() - began! >= shareMs;
  }

  return {
    over,
    later(act) {
      waiting.push(act);
      if (began === undefined) begin();
    },
  };
}
