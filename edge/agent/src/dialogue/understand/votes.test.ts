import { expect, it } from 'vitest';
import { learnVotes } from './votes.ts';

/** Vectors of length 1 in eight bits, as they are kept. */
function small(vectors: readonly (readonly number[])[]) {
  const scaled = vectors.map((vector) => vector.map((value) => Math.round((127 * value) / Math.hypot(...vector))));
  return { vectors: Int8Array.from(scaled.flat()), scales: Float32Array.from(vectors, () => 1 / 127) };
}
const said = [
  [1, 0.1, 0.3],
  [1, 0.2, 0.2],
  [1, 0.15, 0.1],
  [0.2, 1, 0.3],
  [0.1, 1, 0.2],
  [0.5, 0.5, 1],
];
const meanings = ['squeal', 'squeal', 'squeal', 'hum', 'hum', 'drip'];
const rows = meanings.map((_, n) => n);

it('tells each sentence by what all are told with, the likeliest first', async () => {
  const votes = await learnVotes(small(said), rows, meanings);
  for (const [n, vector] of said.entries()) expect(votes(Float32Array.from(vector))[0]?.meaning).toBe(meanings[n]);
  const [first, second] = votes(Float32Array.of(1, 0.15, 0.2));
  expect(first?.share).toBeGreaterThan(0.7);
  expect(second?.share).toBeLessThan(0.2);
});

it('is in two minds between two', async () => {
  const votes = await learnVotes(small(said), rows, meanings);
  const [first, second] = votes(Float32Array.of(0.65, 0.62, 0.28));
  expect([first?.meaning, second?.meaning].sort()).toEqual(['hum', 'squeal']);
  expect(first!.share - second!.share).toBeLessThan(0.3);
});

it('knows nothing where nothing is said', async () => {
  expect((await learnVotes(small([]), [], []))(Float32Array.of(1, 0, 0))).toEqual([]);
});
