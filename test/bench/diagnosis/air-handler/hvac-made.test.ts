import { describe, expect, it } from 'vitest';
import { randomOf } from '../random.ts';
import { control } from './control.ts';
import { hvacMade } from './hvac-made.ts';
import { liveLife } from './life.ts';
import { type Air, drawUnit, nextAir, type Told } from './unit.ts';

const unit = drawUnit(randomOf(1, 'test'));
const water = { hot: 60, cold: 7 };
const start: Air = { outdoor: 10, return: 22, mixed: 22, supply: 22 };
const settled = (told: Partial<Told>, fault?: Parameters<typeof nextAir>[4]): Air => {
  const all = { running: true, speed: 0.8, damper: 0.5, cooling: 0, heating: 0, ...told };
  return Array.from({ length: 60 }).reduce<Air>((air) => nextAir(unit, air, all, water, fault), start);
};

describe('an air handler that is computed', () => {
  it('mixes its two airs, and warms, cools and lets through as its parts stand, whatever they are told', () => {
    const idle = settled({});
    expect(idle.mixed).toBeGreaterThan(10);
    expect(idle.mixed).toBeLessThan(22);
    expect(idle.supply - idle.mixed).toBeCloseTo(unit.fanHeat * 0.64, 3);
    expect(settled({ heating: 1 }).supply).toBeGreaterThan(idle.supply + 10);
    expect(settled({ cooling: 1 }).supply).toBeLessThan(idle.supply);
    const stuck = { part: 'heating valve', way: 'stuck', by: 1, logged: false } as const;
    expect(settled({}, stuck)).toEqual(settled({ heating: 1 }));
    const leaking = { part: 'damper', way: 'leaking', by: 0.5, logged: false } as const;
    expect(settled({ damper: 0.1 }, leaking)).toEqual(settled({ damper: 0.5 }));
    expect(settled({ damper: 0.9 }, leaking)).toEqual(settled({ damper: 0.9 }));
  });

  it('is controlled to its set point, with one valve at a time', () => {
    let state = { step: 0, sum: 0 };
    let air = start;
    const hour = (unit.hours[0] + unit.hours[1]) / 2;
    for (let minute = 0; minute < 240; minute++) {
      const next = control(unit, state, { ...air, hour, load: 0.5 }, 20);
      state = next.control;
      air = nextAir(unit, air, next.told, water, undefined);
      expect(Math.min(next.told.heating, next.told.cooling)).toBe(0);
    }
    expect(Math.abs(air.supply - 20)).toBeLessThan(0.5);
  });

  it('lives the same days again by the same seed, and other days by another', () => {
    expect(liveLife(3)).toEqual(liveLife(3));
    expect(liveLife(3)[0]!.day.minutes[700]).not.toEqual(liveLife(4)[0]!.day.minutes[700]);
  });

  it('is judged: most faults of a few units are found, and no healthy day is called faulty', async () => {
    const rows = await hvacMade.run({ share: 0.02, seed: 7_000, say() {} });
    if ('skipped' in rows) throw new Error(rows.skipped);
    const of = (metric: string) => rows.find((row) => row.metric === metric)!.value;
    expect(of('days')).toBeGreaterThan(12);
    expect(of('falseAlarms')).toBe(0);
    expect(of('dayF1')).toBeGreaterThan(0.7);
  }, 120_000);
});
