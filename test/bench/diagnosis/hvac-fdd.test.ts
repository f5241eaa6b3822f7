import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hvacFdd } from './hvac-fdd.ts';
import { type Cause, labelsOf, type Truth, truthOf } from './hvac-labels.ts';
import { readDays } from './hvac-read.ts';
import { replay } from './hvac-replay.ts';
import { type Scored, scoreDays } from './hvac-score.ts';

let data: string;
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'hvac-'));
  await mkdir(join(data, 'hvac-fdd'));
});
afterEach(() => rm(data, { recursive: true }));

const head =
  'Datetime,AHU: Supply Air Temperature,AHU: Mixed Air Temperature,AHU: Outdoor Air Temperature,AHU: Return Air Temperature,AHU: Supply Air Fan Status,AHU: Outdoor Air Damper Control Signal  ,AHU: Cooling Coil Valve Control Signal,AHU: Heating Coil Valve Control Signal,Fault Detection Ground Truth';

/** A day of a unit in free cooling whose supply air is `over` degrees Fahrenheit over the mixed air, from nine o'clock on. */
const dayOf = (date: string, over: number, truth: 0 | 1) =>
  Array.from({ length: 1440 }, (_, i) => {
    const mixed = 62 + (i % 7) / 10;
    const supply = mixed + (i < 540 ? 1 : over);
    return `${date} ${Math.floor(i / 60)}:${String(i % 60).padStart(2, '0')},${supply.toFixed(2)},${mixed.toFixed(2)},55,72,1,0.6,0,0,${truth}`;
  });

describe('a file of an air handler', () => {
  it('reads in the units of the pack, by the names of its columns', () => {
    const [day, ...more] = readDays('unit', `${head}\n9/11/2017 0:01,50,68,86,77,1,0.4,0.55,0,1`);
    expect(more).toEqual([]);
    expect(day).toEqual({
      file: 'unit',
      day: '2017-09-11',
      column: true,
      minutes: [
        {
          at: Date.UTC(2017, 8, 11, 0, 1),
          signals: {
            supply_air_temperature: 10,
            mixed_air_temperature: 20,
            outdoor_air_temperature: 30,
            return_air_temperature: 25,
            supply_fan_running: true,
            outdoor_damper_command: 40,
            cooling_valve_command: expect.closeTo(55, 9),
            heating_valve_command: 0,
          },
        },
      ],
    });
  });

  it('may be in percent and Celsius, with other dates, empty cells and columns nobody asked for', () => {
    const text =
      'Datetime,Zone,AHU: Return Air Temperature,AHU: Cooling Coil Valve Control Signal\n2017-09-11 13:05:00,7,23.5,80\n2017-09-11 13:06:00,7,,0.5\nlater,7,23,1';
    const [day] = readDays('unit', text);
    expect(day?.column).toBeUndefined();
    expect(day?.minutes.map(({ signals }) => signals)).toEqual([
      { return_air_temperature: 23.5, cooling_valve_command: 80 },
      { cooling_valve_command: 0.5 },
    ]);
  });

  it.each(['', 'Datetime', 'a,b,c\n1,2', '\u0000\u0001,\n,,,', `${head}\n99/99/9999 99:99,1`])(
    'gives no minute, and no crash, for %j',
    (text) => {
      for (const { minutes } of readDays('unit', text)) expect(minutes).toEqual([]);
    },
  );
});

describe('what is true of a day', () => {
  it('is the table, or labels beside the files, or the column, which names no cause', async () => {
    await writeFile(join(data, 'hvac-fdd', 'labels.json'), JSON.stringify({ other: { '2020-01-02': 'damper leaking' } }));
    const labels = await labelsOf(data);
    expect(truthOf(labels, 'SZVAV', '2017-09-22', true)).toBe('cooling valve stuck');
    expect(truthOf(labels, 'SZVAV', '2017-09-23', false)).toBe('none');
    expect(truthOf(labels, 'other', '2020-01-02', true)).toBe('damper leaking');
    expect(truthOf(labels, 'other', '2020-01-03', true)).toBe('unnamed');
    expect(truthOf(labels, 'other', '2020-01-04', undefined)).toBe('leave out');
  });

  it('is refused in another form', async () => {
    await writeFile(join(data, 'hvac-fdd', 'labels.json'), '{"other": {"2020-01-02": "broken"}}');
    await expect(labelsOf(data)).rejects.toThrow(/labels\.json: other\.2020-01-02/);
  });
});

describe('a score', () => {
  const day = (truth: Truth, faulty: boolean, ...causes: Cause[]): Scored => ({ file: 'f', day: 'd', truth, faulty, causes, besides: [] });

  it('counts days: found, missed, false alarms, and names among the faulty that have one', () => {
    const score = scoreDays([
      day('damper stuck', true, 'damper stuck'),
      day('heating valve stuck', true, 'heating valve leaking', 'heating valve stuck'),
      day('cooling valve stuck', false, 'cooling valve stuck'),
      day('unnamed', true),
      day('none', true, 'damper stuck'),
      day('none', false),
      day('leave out', true),
    ]);
    expect(score).toMatchObject({ days: 6, faulty: 4, found: 3, missed: 1, falseAlarms: 1, named: 3 });
    expect(score.dayF1).toBeCloseTo(6 / 8);
    expect([score.top1, score.top3].map(Math.round)).toEqual([33, 67]);
  });
});

describe('a replay', () => {
  it('finds a heating valve that leaks, on its day and no other', async () => {
    const lines = [dayOf('5/1/2020', 1.5, 0), dayOf('5/2/2020', 9, 1), dayOf('5/3/2020', 1.5, 0)].flat();
    const calls = await replay(readDays('unit', [head, ...lines].join('\n')));
    expect(calls.map(({ day, faulty }) => [day, faulty])).toEqual([
      ['2020-05-01', false],
      ['2020-05-02', true],
      ['2020-05-03', false],
    ]);
    expect(calls[1]?.causes[0]).toBe('heating valve leaking');
  });

  it('is scored from a folder, or skipped aloud without one', async () => {
    const lines = [dayOf('5/1/2020', 1.5, 0), dayOf('5/2/2020', 9, 1)].flat();
    await writeFile(join(data, 'hvac-fdd', 'unit.csv'), [head, ...lines].join('\n'));
    const rows = await hvacFdd.run({ share: 1, data, say() {} });
    expect(rows).toContainEqual(expect.objectContaining({ metric: 'dayF1', value: 1 }));
    expect(await hvacFdd.run({ share: 1, data: join(data, 'nowhere'), say() {} })).toEqual({
      skipped: expect.stringMatching(/no hvac-fdd/),
    });
  });
});
