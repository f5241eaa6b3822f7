/** Divides the time of the loop between what a fleet floods in and everybody else who waits for it: people, timers, the hub. */
export type Pace = {
  /** Whether this turn of the loop has worked its share already. */
  over(): boolean;
  /**
   * The same, asked for what came in, of whatever socket: it looks at the clock once for some ten small messages of all together. @param bytes that came
   */
  hears(bytes: number): boolean;
  /** Runs `act` in the next turn that has time for it, in the order asked for. */
  later(act: () => void): void;
};

/** So much of each turn, ms: a person's question waits for little more, and turning so often costs a flood nothing that can be measured. */
const shareMs = 3;

/**
 * So many bytes of all sockets together are heard between two looks at the clock. Each socket by itself looked when it brought so much: then a hundred
 * devices that each brought a little less made turns of up to 40 ms together.
 */
const lookEvery = 1_024;

/** One for all sockets of a broker. */
export function createPace(now: () => number = () => performance.now(), nextTurn: (act: () => void) => void = setImmediate): Pace {
  const waiting: (() => void)[] = [];
  let began: number | undefined;
  let isOver = false;
  let heard = 0;

  function begin(): void {
    isOver = false;
    began = now();
    nextTurn(turn);
  }

  function turn(): void {
    began = undefined;
    isOver = false;
    if (waiting.length === 0) return;
    begin();
    let next = 0;
    while (next < waiting.length && !over()) waiting[next++]!();
    waiting.splice(0, next);
  }

  function over(): boolean {
    if (began === undefined) begin();
    isOver ||= now() - began! >= shareMs;
    return isOver;
  }

  return {
    over,
    hears(bytes) {
      heard += bytes;
      if (heard < lookEvery) return isOver;
      heard = 0;
      return over();
    },
    later(act) {
      waiting.push(act);
      if (began === undefined) begin();
    },
  };
}
