import { join } from 'node:path';
import { loadPack, packsRoot } from '@wayside/packs';
import { describe, expect, it } from 'vitest';
import { drawnVerdict } from './drawn.ts';
import { sensors } from './hearing.ts';
import { joined, vary } from './perturb.ts';
import { randomOf } from './random.ts';
import { healthyVerdict, ownVerdicts, rehearsedOf, strayVerdict } from './scenarios.ts';

const pack = await loadPack(join(packsRoot, 'industrial-pump'));
const all = await rehearsedOf(pack);
const of = (id: string) => all.find(({ scenario }) => scenario.id === id)!.scenario;

describe('the cases of the scenarios bench', () => {
  it('are the same from the same seed', () => {
    expect(strayVerdict(pack, all, 3)).toEqual(strayVerdict(pack, all, 3));
    expect(drawnVerdict(pack, 3)).toEqual(drawnVerdict(pack, 3));
  });

  it('stray from the scenario in level, pace and codes and never lose the whole fault', () => {
    const seals = Array.from({ length: 40 }, (_, seed) => vary(of('seal-leak'), pack, randomOf(seed, 'test')));
    const levels = seals.map(({ timeline }) => timeline.find(({ signal }) => signal === 'seal_leakage')?.to);
    expect(new Set(levels).size).toBeGreaterThan(30);
    expect(new Set(seals.map(({ duration }) => duration)).size).toBeGreaterThan(10);
    for (const { timeline } of seals) expect(timeline.length).toBeGreaterThan(0);
  });

  it('join two faults only where they do not want the same signal', () => {
    const sealAnd = (id: string) => joined(of('seal-leak'), of(id));
    expect(joined(of('dry-running'), of('closed-discharge-valve'))).toBeUndefined();
    expect(sealAnd('bearing-wear')?.timeline).toHaveLength(of('seal-leak').timeline.length + of('bearing-wear').timeline.length);
  });

  it('read the highest and the lowest cell of a pack by one chain of measurement', async () => {
    const [max, min] = ['Max', 'Min'].map((end) => `Vehicle.Powertrain.TractionBattery.CellVoltage.${end}`) as [string, string];
    const car = await loadPack(join(packsRoot, 'vehicle'));
    const told = [max, min].map((signal, i) => ({
      thing: 'car',
      signal,
      value: 3.9 - i / 50,
      observedAt: 0,
      receivedAt: 0,
      quality: 'good' as const,
    }));
    const apart = Array.from({ length: 40 }, (_, seed) => {
      const heard = sensors(car, of('seal-leak'), randomOf(seed, 'cells'))(told);
      return heard.length < 2 ? 0 : Math.abs(Number(heard[0]!.value) - Number(heard[1]!.value));
    });
    expect(Math.max(...apart)).toBeLessThan(0.12);
  });

  it('judge what is shown: a fault found is a hit, a healthy machine has no truth', () => {
    const own = ownVerdicts(pack, all);
    const seal = own.find(({ truth }) => truth[0] === 'seal-leak');
    expect(seal?.asked[0]).toMatchObject({ fault: 'seal-leak', active: true });
    expect(seal?.delay).toBeGreaterThan(0);
    expect(healthyVerdict(pack, all, 1, '10m')).toMatchObject({ truth: [], heard: 600_000 });
  });
});
