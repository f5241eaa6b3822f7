import { describe, expect, it } from 'vitest';
import { createGather } from './gather.ts';

describe('what is asked at once', () => {
  it('is done together, each with its own answer; two of one key one after the other', async () => {
    const groups: string[][] = [];
    const ask = createGather(
      async (asked: readonly string[]) => {
        groups.push([...asked]);
        return asked.map((one) => one.toUpperCase());
      },
      1,
      (one) => one[0] as string,
    );
    expect(await Promise.all(['a1', 'b1', 'a2', 'c1'].map(ask))).toEqual(['A1', 'B1', 'A2', 'C1']);
    expect(groups).toEqual([['a1', 'b1', 'c1'], ['a2']]);
  });

  it('is done by halves where it weighs more than a group may', async () => {
    const groups: number[] = [];
    const ask = createGather(
      async (asked: readonly number[]) => {
        groups.push(asked.length);
        return asked;
      },
      1,
      undefined,
      () => 1,
    );
    await Promise.all(Array.from({ length: 8 }, (_, n) => ask(n)));
    expect(groups).toEqual([4, 2, 1, 1]);
  });

  it('and spoils one thing fails for that one alone', async () => {
    const ask = createGather(async (asked: readonly number[]) => {
      if (asked.includes(3)) throw new Error('three');
      return asked;
    }, 1);
    const answers = await Promise.allSettled([1, 2, 3, 4].map(ask));
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(await ask(5)).toBe(5);
  });
});
