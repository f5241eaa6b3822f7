import { describe, expect, it } from 'vitest';
import { type Bench, mediansOf, metricsOf, quantile, type Row, tableOf } from './measure.ts';
import { groups } from './sets.ts';

describe('the bench', () => {
  const rows: Row[] = [
    { metric: 'p95Ms', says: 'Answer', value: 12, unit: 'ms', goal: { atMost: 10 }, peers: [{ is: 'bare', value: 4, as: 'toBare' }] },
  ];

  it('takes the nearest rank as a quantile', () => {
    const hundred = Array.from({ length: 100 }, (_, i) => 100 - i);
    expect([quantile(hundred, 0.5), quantile(hundred, 0.95), quantile([7], 0.95), quantile([], 0.5)]).toEqual([50, 95, 7, Number.NaN]);
  });
  it('says a missed goal aloud, with the ratio beside the figure', () => {
    expect(tableOf('T', rows)).toMatch(/12 ms +\| ≤ 10 ms MISSED +\| bare: 4 ms +\| 3×/);
    expect(metricsOf(rows)).toEqual({ p95Ms: 12, toBare: 3 });
  });
  it('takes medians of figures and of peers', () => {
    const run = (value: number, peer: number): Row[] => [{ ...rows[0]!, value, peers: [{ ...rows[0]!.peers![0]!, value: peer }] }];
    expect(metricsOf(mediansOf([run(9, 4), run(1, 8), run(5, 2)]))).toEqual({ p95Ms: 5, toBare: 1.25 });
  });

  it('sets what others published beside a figure, its source below', () => {
    const published = [{ by: 'they', value: 0.7, source: 'their paper' }];
    const drawn = tableOf('T', [{ metric: 'f1', says: 'F1', value: 0.8, unit: '', goal: { atLeast: 0.75 }, published }]);
    expect(drawn).toMatch(/0.8 +\| ≥ 0.75 met +\| they: 0.7/);
    expect(drawn).toContain('Published: their paper.');
    expect(drawn).not.toContain('Ratio');
  });

  // The generator needs a model, which a test may not fetch.
  it.each(groups.speed!.filter(({ name }) => name !== 'generator').map((set): [string, Bench] => [set.name, set]))(
    'measures %s from end to end in a tiny run',
    { timeout: 120_000 },
    async (_, set) => {
      const measured = await set.run({ share: 0.02, say: () => {} });
      if ('skipped' in measured) throw new Error(measured.skipped);
      expect(measured.length).toBeGreaterThan(0);
      for (const { metric, value, peers = [] } of measured)
        for (const figure of [value, ...peers.map((peer) => peer.value)]) expect(figure, metric).toBeGreaterThan(0);
    },
  );
});
