/** Time, and chance, of one simulated world. Nothing in it happens by itself: who sleeps is woken in order, one at a time. */
export type World = {
  now(): number;
  random(): number;
  /** A whole number below `n`. */
  below(n: number): number;
  chance(p: number): boolean;
  sleep(ms: number): Promise<void>;
  /** Does this at that time. */
  later(ms: number, act: () => void): void;
  /** Wakes everybody whose time has come, until nobody sleeps or it is `end`. */
  run(end: number): Promise<void>;
};

type Sleeper = { at: number; order: number; wake: () => void };

export function createWorld(random: () => number): World {
  let now = 0;
  let order = 0;
  const sleepers: Sleeper[] = [];
  const before = (a: Sleeper, b: Sleeper) => a.at < b.at || (a.at === b.at && a.order < b.order);

  function later(ms: number, wake: () => void): void {
    const one = { at: now + Math.max(0, ms), order: order++, wake };
    let i = sleepers.push(one) - 1;
    for (let up = (i - 1) >> 1; i > 0 && before(one, sleepers[up] as Sleeper); i = up, up = (i - 1) >> 1)
      sleepers[i] = sleepers[up] as Sleeper;
    sleepers[i] = one;
  }

  function next(): Sleeper | undefined {
    const first = sleepers[0];
    const last = sleepers.pop();
    if (!first || !last || sleepers.length === 0) return first;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= sleepers.length) break;
      if (child + 1 < sleepers.length && before(sleepers[child + 1] as Sleeper, sleepers[child] as Sleeper)) child++;
      if (!before(sleepers[child] as Sleeper, last)) break;
      sleepers[i] = sleepers[child] as Sleeper;
      i = child;
    }
    sleepers[i] = last;
    return first;
  }

  const below = (n: number) => Math.floor(random() * n);
  return {
    now: () => now,
    random,
    below,
    chance: (p) => random() < p,
    sleep: (ms) => new Promise<void>((wake) => later(ms, wake)),
    later,
    async run(end) {
      while (sleepers.length > 0 && (sleepers[0] as Sleeper).at <= end) {
        const one = next() as Sleeper;
        now = one.at;
        one.wake();
        // What follows at once from this has its turn before the next is woken; always the same, since nothing else takes turns here.
        for (let turn = 0; turn < 12; turn++) await undefined;
      }
      now = Math.max(now, end);
    },
  };
}
