import { afterEach, expect, it, vi } from 'vitest';
import { createBatch } from './batch.ts';

afterEach(() => {
  vi.useRealTimers();
});

const gather = (within: number) => {
  vi.useFakeTimers({ now: 1_000 });
  const sent: unknown[] = [];
  return { sent, batch: createBatch(within, Date.now, (signals, at) => sent.push({ at, ...signals })) };
};

it('sends what is read close together as one message with the time of the first', () => {
  const { sent, batch } = gather(200);
  batch.add({ a: 1 });
  vi.advanceTimersByTime(150);
  batch.add({ b: 2 });
  expect(sent).toEqual([]);
  vi.advanceTimersByTime(50);
  expect(sent).toEqual([{ at: 1_000, a: 1, b: 2 }]);
});

it('loses no reading of a signal that is read again, and keeps the order of those that carry their own time', () => {
  const { sent, batch } = gather(200);
  batch.add({ a: 1 });
  vi.advanceTimersByTime(10);
  batch.add({ a: 2, b: 3 });
  batch.add({ a: 4 }, 77);
  expect(sent).toEqual([
    { at: 1_000, a: 1 },
    { at: 1_010, a: 2, b: 3 },
    { at: 77, a: 4 },
  ]);
  vi.advanceTimersByTime(1_000);
  expect(sent).toHaveLength(3);
});

it('sends each at once when nobody asked for more', () => {
  const { sent, batch } = gather(0);
  batch.add({ a: 1 });
  batch.add({ b: 1 });
  expect(sent).toHaveLength(2);
});
