import { afterEach, expect, it, vi } from 'vitest';
import { createLog } from '../log.ts';
import { createEnds, startClocks } from './life.ts';

afterEach(() => vi.useRealTimers());

it('removes what is too old, and forgets what was said too long ago, soon after a start, not only after an hour: a car is rarely on for that long', async () => {
  vi.useFakeTimers();
  const nothing = vi.fn(async () => {});
  const thin = vi.fn(async () => {});
  const aged = vi.fn(async () => {});
  const room = { tick: nothing, tellReadings: nothing };
  const rooms = {
    ...{ machine: room, commands: room, repairs: room, record: room, advice: room, recommendations: room, people: room },
    room: { thin, watchDisk: nothing },
    aging: { tick: aged },
  };
  const ends = createEnds();
  startClocks({ log: createLog('silent', 'edge') } as never, rooms as never, ends);
  await vi.advanceTimersByTimeAsync(5 * 60_000);
  expect([thin, aged].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
  await vi.advanceTimersByTimeAsync(60 * 60_000);
  expect([thin, aged].map(({ mock }) => mock.calls.length)).toEqual([2, 2]);
  await ends.end();
  await vi.advanceTimersByTimeAsync(2 * 60 * 60_000);
  expect(thin).toHaveBeenCalledTimes(2);
});
