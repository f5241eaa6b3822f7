import type { Signal, Value } from '@wayside/protocol';
import { describe, expect, it } from 'vitest';
import { clockLimits, maxSignalsPerThing, samplesOf } from './door.ts';
import { newPast } from './past.ts';
import { rowOf } from './row.ts';

const now = Date.parse('2026-11-22T10:00:00Z');
const minute = 60_000;
const model: Record<string, Signal> = {
  room: { title: 'Room', type: 'number', unit: 'celsius', min: -30, max: 50 },
  tyre: { title: 'Tyre', type: 'number', unit: 'kPa', min: 100, max: 500 },
  meter: { title: 'Meter', type: 'number', unit: 'kWh', kind: 'energy', counter: true },
  mode: { title: 'Mode', type: 'string', states: ['on', 'off'] },
};

/** One device and the door it comes through: says a value `at` minutes from now and returns how it was marked. */
function device(signal: string, declared: Record<string, Signal> = model) {
  const past = newPast();
  const say = (value: Value, at: number, receivedAt = now + at * minute) =>
    samplesOf('one', rowOf({ at: now + at * minute, signals: { [signal]: value } }), receivedAt, declared, past)[0]!.quality;
  const usually = (value: (i: number) => Value, count = 60) => {
    for (let i = 0; i < count; i++) say(value(i), i - count);
  };
  return { say, usually };
}

describe('a value in another unit than was declared', () => {
  it('is suspected where converting brings it back into its range and its own past', () => {
    const { say, usually } = device('room');
    usually((i) => 21 + (i % 5) / 10);
    expect(say(70.2, 0)).toBe('suspect-unit');
    expect(say(21.2, 1)).toBe('good');
  });

  it('is found in any quantity: 32 psi among 220 kPa', () => {
    const { say, usually } = device('tyre');
    usually((i) => 220 + (i % 3));
    expect(say(32, 0)).toBe('suspect-unit');
  });

  it('is only out of range where its past says nothing of the kind, or nothing at all', () => {
    const { say, usually } = device('room');
    expect(say(70, -100)).toBe('out-of-range');
    usually(() => -20);
    expect(say(70, 0)).toBe('out-of-range');
    expect(say(3_000, 1)).toBe('out-of-range');
  });

  it('does not teach the past', () => {
    const { say, usually } = device('room');
    usually(() => 21);
    for (let i = 0; i < 500; i++) expect(say(70, i)).toBe('suspect-unit');
  });
});

describe('a counter', () => {
  it('that falls far has begun anew, one that falls a little cannot be true', () => {
    const { say } = device('meter');
    expect([say(1_000, 0), say(1_001, 1), say(0.2, 2), say(0.3, 3), say(0.29, 4), say(0.3, 5)]).toEqual([
      'good',
      'good',
      'counter-reset',
      'good',
      'out-of-range',
      'good',
    ]);
  });

  it('that wraps at sixteen bits has begun anew, once', () => {
    const { say } = device('meter');
    const marks = Array.from({ length: 200 }, (_, i) => say((65_400 + 3 * i) % 65_536, i));
    expect(marks.filter((mark) => mark !== 'good')).toEqual(['counter-reset']);
  });
});

describe('the time of a message', () => {
  it('marks what came late and what was said before', () => {
    const { say } = device('room');
    expect([say(20, 0), say(20, 1), say(20, 1), say(21, 1), say(19, 0.5), say(20, 2)]).toEqual([
      'good',
      'good',
      'repeated',
      'good',
      'late',
      'good',
    ]);
  });

  it('starts anew when the clock is set back, after two messages that are only very late', () => {
    const { say } = device('room');
    say(20, 0);
    expect([-60, -59, -58, -57].map((at) => say(20, at, now + minute))).toEqual(['late', 'late', 'good', 'good']);
  });

  it('is ours where the device’s cannot be, and says so even for what is undeclared', () => {
    const { say } = device('room');
    expect(say(20, 0, now - clockLimits.ahead - minute)).toBe('suspect-time');
    expect(device('odd').say(1, 0, now + clockLimits.behind + minute)).toBe('suspect-time');
    expect(say(99, 1, now - clockLimits.ahead - minute)).toBe('out-of-range');
  });
});

it('marks what its detectors doubt, and leaves worse marks as they are', () => {
  const past = newPast();
  const marks = samplesOf(
    'one',
    rowOf({ signals: { room: 20, tyre: 9_999, mode: 'on', odd: 1 } }),
    now,
    model,
    past,
    new Set(['room', 'tyre', 'odd']),
  );
  expect(marks.map(({ signal, quality }) => [signal, quality])).toEqual([
    ['room', 'doubted'],
    ['tyre', 'out-of-range'],
    ['mode', 'good'],
    ['odd', 'doubted'],
  ]);
});

it('refuses one signal too many, whatever it invents', () => {
  const past = newPast();
  let taken = 0;
  for (let i = 0; i < 10; i++) {
    const signals = Object.fromEntries(Array.from({ length: 1_000 }, (_, k) => [`s${i * 1_000 + k}`, k]));
    taken += samplesOf('one', rowOf({ signals }), now + i, {}, past).length;
  }
  expect([taken, past.signals.size]).toEqual([maxSignalsPerThing, maxSignalsPerThing]);
  expect(samplesOf('one', rowOf({ signals: { s1: 2 } }), now + 100, {}, past)).toHaveLength(1);
});
