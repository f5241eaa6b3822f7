import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { metricsOf } from '../measure.ts';
import { groups } from '../sets.ts';
import { clinc150 } from './clinc150.ts';
import { csvRows, halves } from './read-set.ts';
import { accuracy, calibrationError, calibrationFloor, f1Of, matthews, microF1, recallAtPrecision } from './scores.ts';

const judged = (pairs: string) => pairs.split(' ').map((pair) => ({ wants: pair[0]!, got: pair[1]! }));

describe('the scores', () => {
  it("is 1 for all right, 0 for always the same, and scikit-learn's figure between", () => {
    expect(matthews(judged('aa bb cc'))).toBe(1);
    expect(matthews(judged('aa ba ca'))).toBe(0);
    // sklearn.metrics.matthews_corrcoef(['a','a','b','c'], ['a','b','b','c']) = 0.7
    expect(matthews(judged('aa ab bb cc'))).toBeCloseTo(0.7, 10);
    expect(accuracy(judged('aa ab bb cc'))).toBe(0.75);
  });
  it('is 0 where eight of ten at 0.8 are right, and the gap where they are not', () => {
    const at = (confidence: number, right: number) => Array.from({ length: 10 }, (_, n) => ({ confidence, right: n < right }));
    expect(calibrationError(at(0.8, 8))).toBeCloseTo(0, 10);
    expect(calibrationError([...at(0.8, 8), ...at(0.95, 5)])).toBeCloseTo(0.45 / 2, 10);
  });
  it('knows how far from 0 few true confidences are: by the mean deviation of a binomial', () => {
    const expected = (n: number) => Math.sqrt((2 * 0.8 * 0.2) / (Math.PI * n));
    for (const n of [100, 10_000]) expect(calibrationFloor(Array(n).fill(0.8)) / expected(n)).toBeCloseTo(1, 0.5);
  });
  it('finds as much as it may until too much of it is wrong', () => {
    const ranked = [true, true, false, true, false].map((holds, n) => ({ chance: 1 - n / 10, holds }));
    expect(recallAtPrecision(ranked, 1)).toBeCloseTo(2 / 3, 10);
    expect(recallAtPrecision(ranked, 0.75)).toBe(1);
    expect(recallAtPrecision([{ chance: 1, holds: false }], 0.9)).toBe(0);
  });
  it('counts labels one by one and together', () => {
    const tagged = [
      { wants: ['x', 'y'], got: ['x'] },
      { wants: [], got: ['x'] },
      { wants: ['y'], got: ['y'] },
    ];
    expect(f1Of('x', tagged)).toEqual({ precision: 0.5, recall: 1, f1: 2 / 3 });
    expect(f1Of('z', tagged)).toEqual({ precision: 0, recall: 0, f1: 0 });
    expect(microF1(tagged)).toBeCloseTo(4 / 6, 10);
  });
});

it('reads CSV with quoted commas, quotes and line ends', () => {
  expect(csvRows('\ufeffa,b\r\n"1, ""2""\n3",\n,x')).toEqual([
    { a: '1, "2"\n3', b: '' },
    { a: '', b: 'x' },
  ]);
});

it('judges nothing that was trained on', () => {
  expect(halves([1, 2, 3, 4], (n) => n, 0)).toEqual([
    [
      [2, 4],
      [1, 3],
    ],
  ]);
  for (const [train, test] of halves([2, 4, 6, 8], (n) => n, 0)) expect([...train, ...test].sort()).toEqual([2, 4, 6, 8]);
});

/** All but those that read no set. */
const reading = groups.understanding!.filter(({ name }) => !['understand', 'groundedness', 'complaints'].includes(name));

it.each(reading.map((set) => [set.name, set] as const))('passes over %s where it is not there', async (_, set) => {
  expect(await set.run({ share: 1, say: () => {}, data: '/nowhere' })).toHaveProperty('skipped');
});

it('trains on the train part and judges on the test part, where both files are there', async () => {
  const data = await mkdtemp(join(tmpdir(), 'wayside-sets-'));
  try {
    const said = (text: string, intent: string) => Array.from({ length: 12 }, (_, n) => [`${text} ${n}`, intent]);
    const train = [...said('play a song', 'music'), ...said('what is the weather', 'weather')];
    await mkdir(join(data, 'clinc150'));
    // A development part whose labels are all wrong: were it judged, the figure would be 0.
    const dev = { train, oos_train: said('qwerty', 'oos'), val: [['play a song', 'weather']], oos_val: [['play a song', 'oos']] };
    await writeFile(join(data, 'clinc150/data_full.dev.json'), JSON.stringify(dev));
    await writeFile(
      join(data, 'clinc150/data_full.test.json'),
      JSON.stringify({ test: [['play a song', 'music']], oos_test: [['qwerty', 'oos']] }),
    );
    const rows = await clinc150.run({ share: 1, say: () => {}, data });
    expect('skipped' in rows ? rows : metricsOf(rows)).toMatchObject({ inScope: 100, oosRecall: 100 });
  } finally {
    await rm(data, { recursive: true });
  }
});
