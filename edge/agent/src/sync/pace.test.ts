import { expect, it } from 'vitest';
import { createPace } from './pace.ts';

/** Batches over a line of so many bytes per ms and so long a way, until nothing changes. */
function settledOn(bytesPerMs: number, wayMs: number): number {
  const pace = createPace();
  // Before anything else was asked, of which the way is known.
  pace.went(pace.room(), wayMs + pace.room() / bytesPerMs);
  pace.asked(wayMs);
  for (let i = 0; i < 20; i++) pace.went(pace.room(), wayMs + pace.room() / bytesPerMs);
  return pace.room();
}

it('gives a batch as much as goes in about a second, as far as one is any use', () => {
  expect(settledOn(100_000, 1)).toBe(1_000_000);
  for (const line of [125, 500, 1_000]) expect(settledOn(line, 30) / line).toSatisfy((ms: number) => ms >= 250 && ms <= 1_500);
  expect(settledOn(2, 30)).toBe(8_192);
});

it('makes batches no smaller for a long way, which they would have to go more often', () => {
  expect(settledOn(1_000, 700)).toBe(settledOn(1_000, 1));
});

it('begins again small after a failure, and smaller after the next', () => {
  const pace = createPace();
  for (let i = 0; i < 5; i++) pace.went(pace.room(), 10);
  expect(pace.room()).toBe(1_000_000);
  const rooms = Array.from({ length: 5 }, () => {
    pace.failed();
    return pace.room();
  });
  expect(rooms).toEqual([32_768, 16_384, 8_192, 8_192, 8_192]);
});
