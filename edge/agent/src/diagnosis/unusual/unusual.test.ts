import { describe, expect, it } from 'vitest';
import { alarmFrom, createUnusual, type Detector, type UnusualState } from './unusual.ts';

const minutes = 60_000;
const day = 24 * 60 * minutes;
const start = Date.UTC(2026, 0, 5);

/** A repeatable stream of numbers in 0..1 (mulberry32). */
function seeded(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const every = 5 * minutes;
const perDay = day / every;

/** Feeds `count` samples, five minutes apart from sample number `from`, and returns the numbers at which it alarmed. */
function alarms(detector: Detector, from: number, count: number, value: (sample: number) => number): number[] {
  const found: number[] = [];
  for (let i = from; i < from + count; i++) if (detector.observe(start + i * every, value(i)).score >= alarmFrom) found.push(i);
  return found;
}

function steady(seed: number, spread = 1) {
  const random = seeded(seed);
  return () => 50 + spread * (random() + random() + random() - 1.5);
}

describe('the unusual', () => {
  const learned = 6 * perDay;

  it('is a spike far beyond all before, at the sample itself', () => {
    const detector = createUnusual();
    const usual = steady(1);
    alarms(detector, 0, learned, usual);
    expect(alarms(detector, learned, 1, () => 80)).toEqual([learned]);
  });

  it('is a level that moved, found within an hour and told once', () => {
    const detector = createUnusual();
    const usual = steady(2);
    alarms(detector, 0, learned, usual);
    const found = alarms(detector, learned, perDay / 2, () => usual() + 4);
    expect(found).toHaveLength(1);
    expect(found[0]! - learned).toBeLessThan(12);
  });

  it('is noise that widened', () => {
    const detector = createUnusual();
    alarms(detector, 0, learned, steady(3));
    expect(alarms(detector, learned, 60, steady(4, 4)).length).toBeGreaterThan(0);
  });

  it('is a daily pattern that fails to come, not one that comes', () => {
    const noise = steady(5, 0.5);
    const daily = (i: number) => noise() + (i % perDay > 100 && i % perDay < 200 ? 30 : 0);
    const detector = createUnusual();
    alarms(detector, 0, 14 * perDay, daily);
    expect(alarms(detector, 14 * perDay, 7 * perDay, daily).length).toBeLessThanOrEqual(1);
    const missing = alarms(detector, 21 * perDay, 200, noise);
    expect(missing.length).toBeGreaterThan(0);
    expect(missing[0]! - 21 * perDay).toBeLessThan(130);
  });

  it('is rare in plain noise: at most one alarm in two days, whatever the scale', () => {
    for (const scale of [1e-9, 1, 1e12]) {
      const usual = steady(6);
      const found = alarms(createUnusual(), 0, 20 * perDay, () => usual() * scale).filter((i) => i > 2 * perDay);
      expect(found.length).toBeLessThanOrEqual(9);
    }
  });

  it('never is a constant, and is the first change of one', () => {
    const detector = createUnusual();
    expect(alarms(detector, 0, 2000, () => 21.5)).toEqual([]);
    expect(alarms(detector, 2000, 1, () => 22)).toEqual([2000]);
  });

  it('says since when, until it is over', () => {
    const detector = createUnusual();
    const usual = steady(7);
    alarms(detector, 0, learned, usual);
    const at = (i: number) => start + i * every;
    expect(detector.observe(at(learned), usual()).since).toBeUndefined();
    detector.observe(at(learned + 1), 90);
    expect(detector.observe(at(learned + 2), 90).since).toBe(at(learned + 1));
    alarms(detector, learned + 3, perDay, usual);
    expect(detector.observe(at(learned + 3 + perDay), usual()).since).toBeUndefined();
  });
});

describe('the band', () => {
  it('holds nearly all samples of a daily pattern and follows it', () => {
    const noise = steady(8, 1);
    const daily = (i: number) => noise() + 20 * Math.sin((2 * Math.PI * i) / perDay);
    const detector = createUnusual();
    alarms(detector, 0, 14 * perDay, daily);
    let inside = 0;
    for (let i = 14 * perDay; i < 15 * perDay; i++) {
      const value = daily(i);
      const { low, high } = detector.observe(start + i * every, value);
      expect(high - low).toBeLessThan(40);
      if (value >= low && value <= high) inside++;
    }
    expect(inside / perDay).toBeGreaterThan(0.95);
  });
});

describe('the state', () => {
  it('goes on after a restart exactly as if there had been none', () => {
    const random = seeded(9);
    const value = (i: number) => Math.round(random() * 100) / 7 + (i % 1500 === 1499 ? 1e3 : 0);
    const whole = createUnusual();
    let restarted = createUnusual();
    for (let i = 0; i < 4000; i++) {
      const sample = value(i);
      if (i % 777 === 0) restarted = createUnusual(JSON.parse(JSON.stringify(restarted.save())) as UnusualState);
      expect(restarted.observe(start + i * every, sample)).toEqual(whole.observe(start + i * every, sample));
    }
  });

  it('stays below 24 KiB of JSON however long it watches', () => {
    const detector = createUnusual();
    const random = seeded(10);
    alarms(detector, 0, 30_000, (i) => random() * 10 ** ((i % 40) - 20));
    expect(JSON.stringify(detector.save()).length).toBeLessThan(24 * 1024);
  });

  it('is not touched by a sample that is not newer', () => {
    const detector = createUnusual();
    alarms(detector, 0, 500, steady(11));
    const before = JSON.stringify(detector.save());
    expect(detector.observe(start, 1e9).score).toBe(0);
    expect(detector.observe(start + 499 * every, 1e9).score).toBe(0);
    expect(JSON.stringify(detector.save())).toBe(before);
  });
});

it('bears any finite samples at any times', () => {
  const random = seeded(12);
  for (let run = 0; run < 20; run++) {
    const detector = createUnusual();
    let at = (random() - 0.5) * 1e13;
    for (let i = 0; i < 1500; i++) {
      at += random() < 0.1 ? -random() * day : random() ** 8 * 400 * day;
      const kind = Math.floor(random() * 6);
      const value = [0, -0, random() * 1e-300, (random() - 0.5) * 1e300, Math.round(random() * 3), Number.MAX_VALUE][kind]!;
      const { score, low, high } = detector.observe(at, value);
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(1);
      expect(low).toBeLessThanOrEqual(high);
    }
    const saved = JSON.stringify(detector.save());
    expect(JSON.stringify(createUnusual(JSON.parse(saved) as UnusualState).save())).toBe(saved);
  }
});
