import { expect, it } from 'vitest';
import { isTelemetry } from './check-telemetry.ts';
import { telemetry, telemetryExample } from './sample.ts';

const odd: unknown[] = [
  undefined,
  null,
  1,
  -1,
  0,
  -0,
  1.5,
  Number.POSITIVE_INFINITY,
  Number.NaN,
  2 ** 53,
  '',
  'x',
  'a b',
  'x'.repeat(256),
  'x'.repeat(257),
  true,
  false,
  [],
  [1],
  {},
  { a: 1 },
  '2026-11-22T10:00:00.000Z',
  '2026-11-22T10:00:00+08:00',
  '2026-02-30T10:00:00Z',
  '2026-11-22',
  'yesterday',
  1_795_341_600_000,
];

it('says of every message what the schema says', () => {
  const messages: unknown[] = [...odd, telemetryExample, { signals: {} }, { signals: { a: 1 }, more: 1 }];
  for (const value of odd)
    messages.push(
      { at: value, signals: { a: 1 } },
      { signals: value },
      { signals: { a: value, b: 1 } },
      { at: 1, signals: { a: 1, b: value } },
    );
  for (const name of ['', '1a', 'a.b-c_d', 'é', 'a b', 'a'.repeat(128), 'a'.repeat(129), 'constructor', 'toString', '$a', '<b>'])
    messages.push({ signals: { [name]: 1 } });
  for (const n of [2_000, 2_001]) messages.push({ signals: Object.fromEntries(Array.from({ length: n }, (_, i) => [`s${i}`, i])) });
  for (const message of messages) expect([message, isTelemetry(message)]).toEqual([message, telemetry.safeParse(message).success]);
});

it('leaves to the schema what only looks like a plain object', () => {
  expect(isTelemetry(JSON.parse('{"signals":{"__proto__":1}}'))).toBe(false);
  expect(isTelemetry(JSON.parse('{"__proto__":{"signals":{"a":1}}}'))).toBe(false);
});
