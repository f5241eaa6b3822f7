import { readDerived, thingFile } from '@wayside/packs';
import type { Value } from '@wayside/protocol';
import { describe, expect, it } from 'vitest';
import { createDerivation, type Heard } from './derive.ts';

const types: Record<string, object> = {
  a: { title: 'A', type: 'number' },
  b: { title: 'B', type: 'number' },
  on: { title: 'On', type: 'boolean' },
  mode: { title: 'Mode', type: 'string' },
};

/** A thing with one derived signal `x` (and more), heard at seconds. */
function derivationOf(expression: string, more: Record<string, string> = {}, fresh = '5m') {
  const derived = Object.fromEntries(
    Object.entries({ x: expression, ...more }).map(([name, text]) => [name, { title: name, expression: text, fresh }]),
  );
  const problems: string[] = [];
  const read = readDerived(thingFile.parse({ signals: types, derived }), (_, at, problem) => problems.push(`${at}: ${problem}`));
  expect(problems).toEqual([]);
  const derivation = createDerivation(read);
  const heard = (seconds: number, signals: Record<string, Value>): Heard[] =>
    Object.entries(signals).map(([signal, value]) => ({ signal, value, observedAt: start + seconds * 1000 }));
  const hear = (seconds: number, signals: Record<string, Value>) =>
    Object.fromEntries(derivation.derive(heard(seconds, signals)).map(({ signal, value }) => [signal, value]));
  return { derivation, read, hear, x: (seconds: number, signals: Record<string, Value>) => hear(seconds, signals).x };
}

const start = Date.UTC(2026, 0, 1);

describe('a derived signal', () => {
  it.each<[string, Record<string, Value>, Value | undefined]>([
    ['a - b', { a: 50, b: 42.5 }, 7.5],
    ['a - b', { a: 50 }, undefined],
    ['a / b', { a: 50, b: 0 }, undefined],
    ['a / b > 3', { a: 50, b: 0 }, undefined],
    ['a + b * 2 - 1', { a: 1, b: 2 }, 4],
    ['-(a % 3)', { a: 5 }, -2],
    ['max(a, b, 3)', { a: 1, b: 2 }, 3],
    ['min(abs(a), b)', { a: -1, b: 2 }, 1],
    ['clamp(a, 0, 1)', { a: 7 }, 1],
    ['if(on, a, b)', { on: false, b: 2 }, 2],
    ['if(on, a, b)', { on: true, b: 2 }, undefined],
    ['when(a > 3, b)', { a: 4, b: 2 }, 2],
    ['when(a > 3, b)', { a: 2, b: 2 }, undefined],
    ['when(a > 3, b)', { b: 2 }, undefined],
    ['either(a, b)', { b: 2 }, 2],
    ['either(a, b)', { a: 0, b: 2 }, 0],
    ['on and a > 3', { on: false }, false],
    ['on and a > 3', { on: true }, undefined],
    ['on or a > 3', { on: true }, true],
    ['not on or mode != "idle"', { on: true, mode: 'idle' }, false],
  ])('%s of %o is %s', (expression, signals, result) => expect(derivationOf(expression).x(0, signals)).toBe(result));

  it('follows from the newest values, whichever message brought them', () => {
    const { x } = derivationOf('a - b');
    expect(x(0, { a: 5 })).toBeUndefined();
    expect(x(1, { b: 1 })).toBe(4);
    expect(x(2, { a: 7 })).toBe(6);
    expect(x(3, { mode: 'idle' })).toBeUndefined();
  });

  it('has the time of the message it follows from', () => {
    const { derivation } = derivationOf('a * 2');
    expect(derivation.derive([{ signal: 'a', value: 2, observedAt: 77 }])).toEqual([{ signal: 'x', value: 4, observedAt: 77 }]);
  });

  it('has no value from a number heard long ago, while a state stands until it changes', () => {
    const { x } = derivationOf('if(on, a - b, 0)');
    expect(x(0, { on: true, a: 5, b: 1 })).toBe(4);
    expect(x(300, { a: 6 })).toBe(5);
    expect(x(301, { a: 6 })).toBeUndefined();
  });

  it('has no value from a value that cannot be trusted', () => {
    const { derivation } = derivationOf('a * 2');
    expect(derivation.derive([{ signal: 'a', value: 999, observedAt: start, quality: 'out-of-range' }])).toEqual([]);
  });

  it('takes late and repeated samples for what they are', () => {
    const { x } = derivationOf('hours(on)');
    for (let t = 0; t <= 3600; t += 60) x(t, { on: true });
    expect(x(3600, { on: true })).toBe(1);
    expect(x(3500, { on: true })).toBeUndefined();
    expect(x(3660, { on: true })).toBeCloseTo(1.0167, 3);
  });

  it('begins anew when the clock was set back, and keeps what it has counted', () => {
    const { hear } = derivationOf('hours(on)', { m: 'mean(a, 1m)' });
    for (let t = 7200; t <= 10_800; t += 60) hear(t, { on: true, a: 9 });
    // One old message is only very late; the third in a row says that the clock was set back.
    for (const t of [0, 5]) expect(hear(t, { on: true, a: 1 })).toEqual({});
    expect(hear(10, { on: true, a: 1 })).toEqual({ x: 1 });
    for (let t = 20; t < 70; t += 10) hear(t, { on: true, a: 1 });
    expect(hear(70, { on: true, a: 1 })).toEqual({ x: 1.0167, m: 1 });
  });

  it('lets one message from long ago pass by, and counts on', () => {
    const { hear } = derivationOf('hours(on)', { m: 'mean(a, 1m)' });
    for (let t = 7200; t <= 10_800; t += 60) hear(t, { on: true, a: 9 });
    expect(hear(0, { on: true, a: 1 })).toEqual({});
    expect(hear(10_860, { on: true, a: 9 })).toEqual({ x: 1.0167, m: 9 });
  });

  it('may be derived from another', () =>
    expect(derivationOf('y > 3', { y: 'a - b', z: 'if(x, "much", "little")' }).hear(0, { a: 9, b: 1 })).toEqual({
      y: 8,
      x: true,
      z: 'much',
    }));

  it('gives way to the device that measures it itself', () => {
    const { hear } = derivationOf('a - b', { y: 'x * 10' });
    expect(hear(0, { a: 9, b: 1 })).toEqual({ x: 8, y: 80 });
    expect(hear(1, { a: 9, b: 1, x: 7 })).toEqual({ y: 70 });
    expect(hear(2, { a: 5, b: 1 })).toEqual({});
  });

  it('is not held to digits nobody measured', () => expect(derivationOf('a / b').x(0, { a: 10, b: 3 })).toBe(3.3333));
});

describe('a function of the past', () => {
  it('previous is what it was at the sample before', () => {
    const { x } = derivationOf('a - previous(a)');
    expect([x(0, { a: 1 }), x(1, { a: 4 }), x(2, { a: 5 })]).toEqual([undefined, 3, 1]);
  });

  it('rate is the slope in units per minute', () => {
    const { x } = derivationOf('rate(a, 2m)');
    const values = Array.from({ length: 25 }, (_, i) => x(i * 10, { a: 20 + i * 0.5 }));
    expect(values[5]).toBeUndefined();
    expect(values.at(-1)).toBeCloseTo(3, 6);
  });

  it('mean is of the last span alone', () => {
    const { x } = derivationOf('mean(a, 1m)');
    for (let t = 0; t < 300; t += 5) x(t, { a: 100 });
    for (let t = 300; t < 400; t += 5) x(t, { a: 2 });
    expect(x(400, { a: 2 })).toBe(2);
  });

  it('mean of a condition is the part of the time it held', () => {
    const { x } = derivationOf('mean(on, 10m)');
    for (let t = 0; t < 600; t += 10) x(t, { on: t >= 450 });
    expect(x(600, { on: true })).toBeCloseTo(0.25, 1);
  });

  it('delta is the change over the span', () => {
    const { x } = derivationOf('delta(a, 10m)');
    for (let t = 0; t < 1200; t += 60) x(t, { a: t / 60 });
    expect(x(1200, { a: 20 })).toBeCloseTo(10, 6);
  });

  it('since counts the seconds a condition has held without a break', () => {
    const { x } = derivationOf('since(a > 3)');
    expect([x(0, { a: 1 }), x(10, { a: 4 }), x(40, { a: 5 }), x(50, { a: 0 }), x(60, { a: 9 })]).toEqual([0, 0, 30, 0, 0]);
    expect(x(2000, { a: 9 })).toBe(0);
  });

  it('hours counts nothing over a silence nobody heard', () => {
    const { x } = derivationOf('hours(on)');
    x(0, { on: true });
    x(180, { on: true });
    expect(x(86_400, { on: false })).toBe(0.05);
    expect(x(86_460, { on: true })).toBe(0.05);
  });

  it('integral of a current is a charge', () => {
    const { x } = derivationOf('integral(a)');
    for (let t = 0; t < 1800; t += 60) x(t, { a: -10 });
    for (let t = 1800; t < 3600; t += 60) x(t, { a: 30 });
    expect(x(3600, { a: 30 })).toBeCloseTo(-5 + 15 + (20 * 60) / 3600, 1);
  });

  it('goes on after a restart as if nothing had been', () => {
    const expression = 'integral(a) + hours(on) + mean(a, 5m) + rate(a, 5m) + delta(a, 5m) + since(on) / 3600 + previous(a)';
    const [whole, first] = [derivationOf(expression), derivationOf(expression)];
    const signals = (t: number) => ({ a: Math.sin(t / 100), on: t > 200 });
    for (let t = 0; t < 600; t += 7) {
      whole.x(t, signals(t));
      first.x(t, signals(t));
    }
    const kept = JSON.parse(JSON.stringify(first.derivation.save()));
    const second = derivationOf(expression);
    second.derivation.load(kept);
    for (let t = 602; t < 1200; t += 7) expect(second.x(t, signals(t))).toBe(whole.x(t, signals(t)));
    expect(whole.x(1200, signals(1200))).toBeTypeOf('number');
  });

  it('begins anew when its formula was changed', () => {
    const before = derivationOf('hours(on)');
    for (let t = 0; t <= 3600; t += 60) before.x(t, { on: true });
    const after = derivationOf('hours(on and a > 1)');
    after.derivation.load(before.derivation.save());
    expect(after.x(3660, { on: true, a: 5 })).toBe(0);
  });

  it('remembers a bounded amount, however much it hears', () => {
    const { derivation, x } = derivationOf('mean(a, 1h) + rate(a, 10m) + hours(a > 0)');
    for (let t = 0; t < 50_000; t++) x(t, { a: t % 7 });
    expect(JSON.stringify(derivation.save()).length).toBeLessThan(8_000);
  });
});
