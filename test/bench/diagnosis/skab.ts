import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { alarmFrom, createNormal, type Row } from '../../../edge/agent/src/diagnosis/normal/normal.ts';
import type { Bench } from '../measure.ts';
import { fitted, scoreRows } from './skab-score.ts';

/** One experiment: rows a second apart but for gaps, and which of them are faulty. */
export type Experiment = { name: string; signals: string[]; at: number[]; rows: Row[]; truth: boolean[] };

/** The columns that are no signals. */
const labels = new Set(['datetime', 'anomaly', 'changepoint']);

/** Reads every experiment below `skab/data/`, but the one without any fault; undefined when the folder is not there. */
export async function experimentsOf(dataDir: string): Promise<Experiment[] | undefined> {
  const folder = join(dataDir, 'skab', 'data');
  const names = await readdir(folder, { recursive: true }).catch(() => undefined);
  const wanted = names?.filter((name) => name.endsWith('.csv') && !name.includes('anomaly-free')).sort();
  return wanted && (await Promise.all(wanted.map(async (name) => experiment(name, await readFile(join(folder, name), 'utf8')))));
}

function experiment(name: string, text: string): Experiment {
  const [head, ...lines] = text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(';'));
  const columns = head!.map((column, at) => ({ column, at })).filter(({ column }) => !labels.has(column));
  const anomaly = head!.indexOf('anomaly');
  return {
    name,
    signals: columns.map(({ column }) => column),
    at: lines.map(([time]) => Date.parse(`${time!.replace(' ', 'T')}Z`)),
    rows: lines.map((cells) => Object.fromEntries(columns.map(({ column, at }) => [column, Number(cells[at])]))),
    truth: lines.map((cells) => Number(cells[anomaly]) === 1),
  };
}

/** Which rows the learned normal calls faulty: each is judged before the next is seen. */
export function callsOf({ signals, at, rows }: Pick<Experiment, 'signals' | 'at' | 'rows'>): boolean[] {
  const detector = createNormal(signals, { rows: fitted, every: 1000 });
  return rows.map((row, i) => detector.observe(at[i]!, row).score >= alarmFrom);
}

const source = 'SKAB v0.9, recomputed for the 17 even-numbered files from the predictions its authors publish';

/** The learned normal on the Skoltech Anomaly Benchmark: one setting for all files, each file by itself. */
export const skab: Bench = {
  name: 'skab',
  title: 'SKAB: a water pump with eight sensors (the learned normal)',
  async run({ data }) {
    const experiments = data === undefined ? undefined : await experimentsOf(data);
    if (!experiments?.length) return { skipped: 'there is no skab/ in the data folder (--data DIR)' };
    // Of the processor, not of the clock, which a busy machine stretches.
    const began = process.cpuUsage();
    const judged = experiments.map((one) => ({ truth: one.truth, called: callsOf(one) }));
    const { user, system } = process.cpuUsage(began);
    const microseconds = (user + system) / judged.reduce((sum, { truth }) => sum + truth.length, 0);
    const { f1, far, mar } = scoreRows(judged);
    const published = (convAe: number, mset: number, t2q: number) => [
      { by: 'Conv-AE', value: convAe, source },
      { by: 'MSET', value: mset, source },
      { by: 'T2+Q', value: t2q, source },
    ];
    return [
      {
        metric: 'f1',
        says: `F1 of faulty rows, ${experiments.length} files`,
        value: f1,
        unit: '',
        goal: { atLeast: 0.82 },
        published: published(0.782, 0.757, 0.732),
      },
      { metric: 'far', says: 'False alarms among healthy rows', value: far, unit: '%', published: published(16.92, 45.75, 36.24) },
      { metric: 'mar', says: 'Missed among faulty rows', value: mar, unit: '%', published: published(26.14, 14.22, 23.6) },
      { metric: 'microsecondsPerRow', says: 'Microseconds a row of eight signals', value: microseconds, unit: '', goal: { atMost: 50 } },
    ];
  },
};
