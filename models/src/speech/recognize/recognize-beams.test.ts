import { describe, expect, it } from 'vitest';
import type { BiasPlace } from './bias-graph.ts';
import { type Beginnings, repeats, searchBeams } from './recognize-beams.ts';

const end = 0;
/** A recognizer of four pieces, whose chances depend on what was said so far; what is not named is as good as impossible. */
function speaker(chances: Record<string, Record<number, number>>, width = 4): Beginnings {
  const at = (said: readonly string[]): Beginnings => ({
    width,
    chances: Float32Array.from(said.flatMap((one) => Array.from({ length: width }, (_, piece) => Math.log(chances[one]?.[piece] ?? 1e-9)))),
    next: async (from, pieces) => at(from.map((n, k) => `${said[n]}${pieces[k]}`)),
  });
  return at(['']);
}
const search = (start: Beginnings, expected?: BiasPlace) => searchBeams(start, { beams: 2, end, most: 12, expected });

describe('beam search', () => {
  const chances = { '': { 1: 0.6, 2: 0.4 }, '1': { 3: 0.5, 2: 0.5 }, '13': { 0: 1 }, '12': { 0: 1 }, '2': { 0: 1 } };

  it('finds a sentence that begins less likely and ends likelier', async () => {
    const [best] = await search(speaker(chances));
    expect(best!.pieces).toEqual([2]);
    expect(Math.exp(best!.chances.reduce((a, b) => a + b))).toBeCloseTo(0.4);
  });
  it('prefers what is expected, and tells how it was heard all the same', async () => {
    const place: BiasPlace = {
      expected: () =>
        new Map([
          [1, 3],
          [3, 3],
        ]),
      after: () => place,
    };
    const [best] = await search(speaker(chances), place);
    expect(best!.pieces).toEqual([1, 3]);
    expect(Math.exp(best!.chances.reduce((a, b) => a + b))).toBeCloseTo(0.3);
  });
  it('gains nothing from a longer sentence of expected words', async () => {
    const eager = { '': { 1: 1 }, '1': { 0: 0.9, 1: 0.1 }, '11': { 0: 0.9, 1: 0.1 } };
    const place: BiasPlace = {
      expected: () =>
        new Map([
          [1, 2],
          [0, 2],
        ]),
      after: () => place,
    };
    expect((await search(speaker(eager), place))[0]!.pieces).toEqual([1]);
  });
  it('never says that nothing was said, and never says the same thing for ever', async () => {
    const mute = { '': { 0: 0.99, 1: 0.01 }, '1': { 0: 1 } };
    expect((await search(speaker(mute)))[0]!.pieces).toEqual([1]);
    const stuck = speaker(new Proxy({}, { get: () => ({ 1: 1 }) }));
    const said = await searchBeams(stuck, { beams: 2, end, most: 1000, expected: undefined });
    expect(said.every(({ pieces }) => pieces.length < 20)).toBe(true);
  });
});

it('takes zeros of a code for no repetition', () => {
  expect([repeats([5, 5, 5, 5]), repeats([1, 2, 1, 2, 1, 2]), repeats([9, 1, 2, 3, 1, 2, 3, 1, 2, 3]), repeats([1, 2, 3, 4])]).toEqual([
    false,
    true,
    true,
    false,
  ]);
});
