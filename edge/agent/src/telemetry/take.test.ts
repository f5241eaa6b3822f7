import { expect, it, vi } from 'vitest';
import type { Log } from '../log.ts';
import type { History } from './history.ts';
import { createTelemetry } from './telemetry.ts';

const now = 1_795_341_600_000;

it.each([
  ['seconds where milliseconds are meant', Math.floor(now / 1_000), /milliseconds since 1970, and it seems to send seconds/],
  ['a clock that was never set', 5_000, /its clock is far from ours/],
])('says once in the log what is odd about %s', async (_, at, why) => {
  const warn = vi.fn();
  const history = { write: async () => {} } as unknown as History;
  const telemetry = createTelemetry(
    history,
    () => ({}),
    { of: () => [] },
    () => {},
    { warn } as unknown as Log,
  );
  for (let i = 0; i < 3; i++) await telemetry.take('pump', { at: at + i, signals: ['flow'], values: [1] }, now + 1_000 * i);
  expect(warn.mock.calls.map(([, words]) => words)).toEqual([expect.stringMatching(why)]);
  expect(telemetry.latest('pump').get('flow')?.observedAt).toBe(now + 2_000);
});
