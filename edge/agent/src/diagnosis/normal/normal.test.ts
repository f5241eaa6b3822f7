import { describe, expect, it } from 'vitest';
import { alarmFrom, createNormal, type Normal, type NormalDetector, type NormalState, type Row } from './normal.ts';

/** A repeatable stream of normally distributed numbers (mulberry32, Box and Muller). */
function noise(seed: number): () => number {
  let a = seed;
  const uniform = () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (((t ^ (t >>> 14)) >>> 0) + 1) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

const signals = ['flow', 'current', 'pressure', 'water'];
const options = { rows: 600, every: 1000 };

/** A pump whose load wanders: current and pressure follow the flow, the water temperature goes its own way. */
function pump(seed: number) {
  const n = noise(seed);
  let load = 0;
  let water = 20;
  return (change: { current?: number; flow?: number } = {}): { flow: number; current: number; pressure: number; water: number } => {
    load = 0.97 * load + 0.24 * n();
    water += 0.02 * n();
    const flow = 50 + 5 * load + 0.5 * n() + (change.flow ?? 0);
    return {
      flow,
      current: 0.4 * flow + 0.3 * n() + (change.current ?? 0),
      pressure: 400 - 3 * (flow - 50) + 2 * n(),
      water,
    };
  };
}

/** Feeds `count` rows a second apart, the first with number `from`. */
function feed(detector: NormalDetector, from: number, count: number, row: (i: number) => Row): Normal[] {
  return Array.from({ length: count }, (_, k) => detector.observe((from + k) * 1000, row(from + k)));
}
const alarms = (of: readonly Normal[]) => of.filter(({ score }) => score >= alarmFrom).length;

describe('the learned normal', () => {
  it('sees a relation break while each signal stays where it always was, and names the signal', () => {
    const detector = createNormal(signals, options);
    const healthy = pump(1);
    feed(detector, 0, 2000, () => healthy());
    // 2.5 A is half of what the wandering load does to the current by itself.
    const found = feed(detector, 2000, 60, () => healthy({ current: 2.5 }));
    const first = found.findIndex(({ score }) => score >= alarmFrom);
    expect(first).toBeGreaterThanOrEqual(0);
    expect(first).toBeLessThan(20);
    const { since, signals: named } = found.at(-1)!;
    expect(since).toBe((2000 + first) * 1000);
    expect(named[0]!.signal).toBe('current');
    expect(named[0]!.value - named[0]!.expected).toBeGreaterThan(1.5);
    expect(named[0]!.value - named[0]!.expected).toBeLessThan(3.5);
    expect(named[0]!.value).toBeGreaterThan(named[0]!.high);
  });

  it('ends the event when all is as before', () => {
    const detector = createNormal(signals, options);
    const healthy = pump(2);
    feed(detector, 0, 2000, () => healthy());
    expect(feed(detector, 2000, 60, () => healthy({ current: 4 })).at(-1)!.since).toBeDefined();
    expect(feed(detector, 2060, 80, () => healthy()).at(-1)).toMatchObject({ signals: [], ready: true });
    expect(feed(detector, 2140, 1, () => healthy())[0]!.since).toBeUndefined();
  });

  it('is silent for a day of a healthy pump', () => {
    const detector = createNormal(signals, options);
    const healthy = pump(3);
    expect(alarms(feed(detector, 0, 86_400, () => healthy()))).toBe(0);
  });

  it('keeps a fault that lasts an alarm, and does not learn it', () => {
    const detector = createNormal(signals, options);
    const healthy = pump(4);
    feed(detector, 0, 2000, () => healthy());
    const found = feed(detector, 2000, 5000, () => healthy({ current: 3 }));
    expect(alarms(found.slice(100)) / 4900).toBeGreaterThan(0.95);
  });

  it('goes along with an ageing so slow that it is normal', () => {
    const detector = createNormal(signals, options);
    const healthy = pump(5);
    const found = feed(detector, 0, 40_000, (i) => healthy({ current: i / 100_000 }));
    expect(alarms(found)).toBe(0);
  });

  it('does not judge a level that wanders by the little it has seen of it', () => {
    const detector = createNormal(signals, options);
    const healthy = pump(6);
    feed(detector, 0, 1000, () => healthy());
    // In ten minutes the water gets as much warmer as it wandered in its whole life so far.
    const warmer = (i: number) => {
      const row = healthy();
      return { ...row, water: row.water + (i - 1000) * 0.002 };
    };
    expect(alarms(feed(detector, 1000, 600, warmer))).toBe(0);
  });

  it('knows a load it never had by the relations that hold there too', () => {
    const detector = createNormal(signals, options);
    const healthy = pump(8);
    feed(detector, 0, 2000, () => healthy());
    expect(alarms(feed(detector, 2000, 100, () => healthy({ flow: 30 })))).toBe(0);
  });

  it('leaves out a signal that never moved, even when it moves', () => {
    const detector = createNormal([...signals, 'ambient'], options);
    const healthy = pump(7);
    const found = feed(detector, 0, 3000, (i) => ({ ...healthy(), ambient: i < 2000 ? 21 : 22 }));
    expect(found.at(-1)!.ready).toBe(true);
    expect(alarms(found)).toBe(0);
  });
});

describe('learning', () => {
  it('judges nothing before it is over', () => {
    const detector = createNormal(signals, options);
    const healthy = pump(10);
    const found = feed(detector, 0, 600, (i) => (i < 590 ? healthy() : healthy({ flow: 1000 })));
    expect(found.every(({ score, ready, since }) => score === 0 && !ready && since === undefined)).toBe(true);
  });

  it('takes longer when something surprised it of late', () => {
    const detector = createNormal(signals, options);
    const healthy = pump(11);
    const found = feed(detector, 0, 1500, (i) => healthy(i > 500 && i < 560 ? { current: 5 } : {}));
    const ready = found.findIndex((one) => one.ready);
    expect(ready).toBeGreaterThan(600);
    expect(ready).toBeLessThan(700);
  });

  it('begins again when a signal turns up that was not there', () => {
    const detector = createNormal(signals, options);
    const healthy = pump(12);
    const without = () => ({ ...healthy(), pressure: undefined });
    expect(feed(detector, 0, 700, without).at(-1)!.ready).toBe(true);
    expect(feed(detector, 700, 500, () => healthy()).at(-1)!.ready).toBe(false);
    expect(feed(detector, 1200, 200, () => healthy()).at(-1)!.ready).toBe(true);
  });

  it('refuses a group it cannot keep', () => {
    expect(() => createNormal([], options)).toThrow('1 to 16 signals');
    expect(() => createNormal(Array.from({ length: 17 }, String), options)).toThrow('1 to 16 signals');
    expect(() => createNormal(['a'], { rows: 0, every: 1000 })).toThrow('above zero');
    expect(() => createNormal(['a'], { rows: 10, every: Number.NaN })).toThrow('above zero');
  });
});

describe('bad telemetry', () => {
  it('tolerates values that are missing here and there', () => {
    const n = noise(20);
    const detector = createNormal(signals, options);
    const healthy = pump(20);
    const torn = (row: Row): Row => Object.fromEntries(Object.entries(row).filter(() => n() < 1.6));
    expect(alarms(feed(detector, 0, 4000, () => torn(healthy())))).toBe(0);
    expect(alarms(feed(detector, 4000, 60, () => torn(healthy({ current: 4 }))))).toBeGreaterThan(30);
  });

  it('goes on judging the others when one falls silent', () => {
    const detector = createNormal(signals, options);
    const healthy = pump(21);
    feed(detector, 0, 2000, () => healthy());
    const silent = (change?: { current: number }) => ({ ...healthy(change), flow: undefined });
    expect(alarms(feed(detector, 2000, 2000, () => silent()))).toBe(0);
    expect(alarms(feed(detector, 4000, 100, () => silent({ current: 6 })))).toBeGreaterThan(50);
  });

  it('bridges no long gap, and alarms for none', () => {
    const detector = createNormal(signals, options);
    const healthy = pump(22);
    feed(detector, 0, 2000, () => healthy());
    for (let i = 0; i < 300; i++) healthy();
    const after = feed(detector, 5000, 200, () => healthy());
    expect(after[0]!.score).toBe(0);
    expect(alarms(after)).toBe(0);
  });

  it('is not touched by a row that is not newer', () => {
    const detector = createNormal(signals, options);
    const healthy = pump(23);
    feed(detector, 0, 800, () => healthy());
    const before = JSON.stringify(detector.save());
    for (const at of [799_000, 0, -1, Number.NaN]) expect(detector.observe(at, healthy({ flow: 1e6 })).score).toBe(0);
    expect(JSON.stringify(detector.save())).toBe(before);
  });

  it('bears any numbers at any times', () => {
    const n = noise(24);
    for (let run = 0; run < 10; run++) {
      const detector = createNormal(['a', 'b', 'c'], { rows: 50, every: 1000 });
      let at = n() * 1e12;
      for (let i = 0; i < 1500; i++) {
        at += n() < 1.5 ? 1000 : n() * 1e9;
        const wild = () =>
          [0, n(), n() * 1e-300, n() * 1e300, Number.NaN, Number.POSITIVE_INFINITY, undefined, Math.round(n())][
            Math.floor(Math.abs(n() * 3)) % 8
          ];
        const { score, signals: named } = detector.observe(at, { a: wild(), b: wild(), c: wild() });
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
        for (const { share, value, expected, low, high } of named) {
          expect([share, value, expected, low, high].every(Number.isFinite)).toBe(true);
          expect(low).toBeLessThanOrEqual(high);
        }
      }
      const saved = JSON.stringify(detector.save());
      expect(JSON.stringify(createNormal(['a', 'b', 'c'], { rows: 50, every: 1000 }, JSON.parse(saved) as NormalState).save())).toBe(saved);
    }
  });
});

describe('the state', () => {
  it('goes on after a restart exactly as if there had been none', () => {
    const running = createNormal(signals, options);
    let restarted = createNormal(signals, options);
    const healthy = pump(30);
    for (let i = 0; i < 3000; i++) {
      if (i % 250 === 0) {
        restarted = createNormal(signals, options, JSON.parse(JSON.stringify(restarted.save())) as NormalState);
      }
      const row = healthy(i > 1500 && i < 1700 ? { current: 3 } : {});
      expect(restarted.observe(i * 1000, row)).toEqual(running.observe(i * 1000, row));
    }
  });

  it('is not taken over from another group', () => {
    const detector = createNormal(signals, options);
    const healthy = pump(31);
    feed(detector, 0, 700, () => healthy());
    const other = createNormal([...signals].reverse(), options, detector.save());
    expect(other.observe(700_000, healthy()).ready).toBe(false);
  });

  it('of sixteen signals stays below 64 KiB of JSON however long it learns', () => {
    const n = noise(32);
    const names = Array.from({ length: 16 }, (_, i) => `signal ${i}`);
    const detector = createNormal(names, { rows: 100, every: 1000 });
    feed(detector, 0, 4000, () => Object.fromEntries(names.map((name) => [name, n() * 1234.5])));
    expect(JSON.stringify(detector.save()).length).toBeLessThan(64 * 1024);
  });
});
