import { describe, expect, it } from 'vitest';
import { fromCsv, fromJson, rowAt } from './recording.ts';

describe('a recording', () => {
  it('reads commas, semicolons and tabs, quotes, gaps, truths and states', () => {
    const rows = [
      { a: 1.5, 'b.c': true, d: 'heating, slow' },
      { a: -2e3, d: 'off' },
    ];
    for (const s of [',', ';', '\t']) {
      const text = `\uFEFFseconds${s}a${s}b.c${s}d\r\n0${s}1.5${s}true${s}"heating, slow"\r\n1${s}-2e3${s}${s}off\r\n`;
      expect(fromCsv(text)).toEqual({ times: [0, 1_000], rows, length: 2_000 });
    }
  });

  it('takes dates for times and turns column titles into signal names', () => {
    const read = fromCsv('datetime;Volume Flow RateRMS;2nd\n2020-03-09 10:14:33;32.0;1\n2020-03-09 10:14:34;31.0;2\n');
    expect(read).toEqual({
      times: [0, 1_000],
      rows: [
        { Volume_Flow_RateRMS: 32, s_2nd: 1 },
        { Volume_Flow_RateRMS: 31, s_2nd: 2 },
      ],
      length: 2_000,
    });
  });

  it('reads JSON by seconds and as telemetry messages', () => {
    const rows = [{ a: 1 }, { a: 2 }];
    expect(fromJson('[{"seconds":5,"signals":{"a":1}},{"seconds":6,"signals":{"a":2}}]')).toEqual({
      times: [0, 1_000],
      rows,
      length: 2_000,
    });
    expect(
      fromJson('[{"at":"2026-11-22T10:00:00.000Z","signals":{"a":1}},{"at":"2026-11-22T10:00:01.000Z","signals":{"a":2}}]').rows,
    ).toEqual(rows);
  });

  it('finds the nearest row at any time', () => {
    const read = fromCsv('seconds,a\n0,0\n10,1\n20,2\n');
    expect([0, 4_000, 6_000, 14_000, 16_000, 29_000, 30_000, 46_000].map((t) => rowAt(read, t).a)).toEqual([0, 0, 1, 1, 2, 2, 0, 2]);
  });

  it.each([
    ['', /header/],
    ['seconds\n1\n', /header/],
    ['seconds,a\n', /no row/],
    ['seconds,a\nsoon,1\n', /line 2 begins with "soon"/],
    ['seconds,a\n5,1\n4,1\n', /row 2 is earlier/],
  ])('says what is wrong with %j', (text, why) => expect(() => fromCsv(text)).toThrow(why));

  it.each([
    ['{}', /must be an array/],
    ['[{"at":1}]', /entry 0 has no "signals"/],
    ['[null]', /entry 0 has no "signals"/],
  ])('says what is wrong with %j', (text, why) => expect(() => fromJson(text)).toThrow(why));
});
