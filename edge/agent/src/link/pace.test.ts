import { describe, expect, it } from 'vitest';
import { createPace } from './pace.ts';

/** A loop whose turns and clock go on by hand. */
function loop() {
  let [at, turns] = [0, 0];
  let next: (() => void)[] = [];
  const pace = createPace(
    () => at,
    (act) => next.push(act),
  );
  return {
    pace,
    work: (ms: number) => {
      at += ms;
    },
    turn: () => {
      const acts = next;
      next = [];
      turns++;
      for (const act of acts) act();
    },
    waits: () => next.length > 0,
    turns: () => turns,
  };
}

describe('the pace of a flood', () => {
  it('is over when a turn has worked its share, and not in the next', () => {
    const { pace, work, turn } = loop();
    expect(pace.over()).toBe(false);
    work(2);
    expect(pace.over()).toBe(false);
    work(2);
    expect(pace.over()).toBe(true);
    turn();
    expect(pace.over()).toBe(false);
  });

  it('looks at the clock once for a kilobyte of all together, and what is over stays over until the turn ends', () => {
    const { pace, work, turn } = loop();
    expect(pace.over()).toBe(false);
    work(5);
    // A hundred devices that bring little each are as much as one that brings much.
    const heard = Array.from({ length: 12 }, () => pace.hears(100));
    expect(heard).toEqual([...Array(10).fill(false), true, true]);
    turn();
    expect(pace.hears(100)).toBe(false);
  });

  it('spreads what waits over turns, in order and each once', () => {
    const { pace, work, turn, turns, waits } = loop();
    const done: number[] = [];
    for (let n = 0; n < 10; n++)
      pace.later(() => {
        work(2);
        done.push(n);
      });
    while (waits()) turn();
    expect(done).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(turns()).toBeGreaterThanOrEqual(5);
  });

  it('lets what is not done in its turn wait again, behind the others', () => {
    const { pace, work, turn, waits } = loop();
    const done: string[] = [];
    const flood = (name: string, left: number) => () => {
      work(5);
      done.push(name);
      if (left > 1) pace.later(flood(name, left - 1));
    };
    pace.later(flood('a', 2));
    pace.later(flood('b', 2));
    while (waits()) turn();
    expect(done).toEqual(['a', 'b', 'a', 'b']);
  });

  it('asks for no turn while nothing waits', () => {
    const { pace, turn, waits } = loop();
    pace.over();
    turn();
    expect(waits()).toBe(false);
  });
});
