import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadPack, packsRoot } from '@wayside/packs';
import { createBank } from '../../../edge/agent/src/diagnosis/detect.ts';
import { alarmFrom, createUnusual } from '../../../edge/agent/src/diagnosis/unusual/unusual.ts';
import type { Bench } from '../measure.ts';
import { normalised, profiles, scoreFile, type Windows } from './nab-score.ts';

/** One file of the set, ready to be replayed. */
export type Series = { name: string; at: number[]; values: number[]; windows: Windows };

/** What the detector made of one file; `found` counts its windows with at least one alarm, `raw` is NAB's score of it before scaling. */
export type FileResult = { file: string; raw: number; windows: number; found: number; alarms: number };

export type NabResult = { standard: number; lowFp: number; lowFn: number; perFile: FileResult[]; seconds: number };

const time = (text: string) => Date.parse(`${text.trim().replace(' ', 'T')}Z`);

/** Reads every file that the set's labels name; undefined when the folder is not there. */
export async function nabSeries(dataDir: string): Promise<Series[] | undefined> {
  const folder = join(dataDir, 'nab');
  const text = await readFile(join(folder, 'labels/combined_windows.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const labels: Record<string, [string, string][]> = JSON.parse(text);
  return await Promise.all(
    Object.entries(labels).map(async ([name, spans]) => {
      const rows = (await readFile(join(folder, 'data', name), 'utf8')).trim().split('\n').slice(1);
      const at = rows.map((row) => time(row.slice(0, row.indexOf(','))));
      const values = rows.map((row) => Number(row.slice(row.indexOf(',') + 1)));
      const windows = spans.map(([from, to]) => [at.findIndex((t) => t >= time(from)), at.findLastIndex((t) => t <= time(to))] as const);
      return { name, at, values, windows };
    }),
  );
}

/** Replays one file, row by row, through a fresh detector and returns the rows at which it alarmed. */
export function alarmsOf({ at, values }: Pick<Series, 'at' | 'values'>): number[] {
  const detector = createUnusual();
  const alarms: number[] = [];
  for (let row = 0; row < at.length; row++) if (detector.observe(at[row]!, values[row]!).score >= alarmFrom) alarms.push(row);
  return alarms;
}

/**
 * Scores our detector of the unusual on the Numenta Anomaly Benchmark: one setting for all files, each row judged before the next is
 * seen, the same alarms under all three profiles.
 * @param dataDir the folder that holds `nab/`
 * @returns undefined when the set is not there; `seconds` is the replay alone, without reading
 */
export async function scoreNab(dataDir: string): Promise<NabResult | undefined> {
  const all = await nabSeries(dataDir);
  if (!all) return undefined;
  const started = performance.now();
  const replayed = all.map((series) => ({ ...series, alarms: alarmsOf(series) }));
  const seconds = (performance.now() - started) / 1000;
  const windows = all.reduce((sum, series) => sum + series.windows.length, 0);
  const total = (profile: keyof typeof profiles) => {
    const raw = replayed.reduce((sum, file) => sum + scoreFile(file.at.length, file.windows, file.alarms, profiles[profile]), 0);
    return normalised(raw, windows, profiles[profile]);
  };
  const perFile = replayed.map((file) => ({
    file: file.name,
    raw: scoreFile(file.at.length, file.windows, file.alarms, profiles.standard),
    windows: file.windows.length,
    found: file.windows.filter(([left, right]) => file.alarms.some((row) => row >= left && row <= right)).length,
    alarms: file.alarms.length,
  }));
  return { standard: total('standard'), lowFp: total('lowFp'), lowFn: total('lowFn'), perFile, seconds };
}

/** What a pack's detector of the unusual, set as in the generic pack, shows of the same files: also how often for nothing. */
export async function showNab(dataDir: string): Promise<{ days: number; found: number; windows: number; falsely: number } | undefined> {
  const all = await nabSeries(dataDir);
  const { symptoms } = await loadPack(join(packsRoot, 'generic'));
  return all?.reduce(
    (sum, { at, values, windows }) => {
      const bank = createBank({ unusual: symptoms.unusual! }, { v: { title: 'v', type: 'number' } });
      const shown = at.flatMap((observedAt, row) =>
        bank.observe({ signal: 'v', value: values[row]!, observedAt }).some(({ active }) => active) ? [row] : [],
      );
      const isIn = (row: number, [from, to]: readonly [number, number]) => row >= from && row <= to;
      return {
        days: sum.days + (at.at(-1)! - at[0]!) / 86_400_000,
        windows: sum.windows + windows.length,
        found: sum.found + windows.filter((window) => shown.some((row) => isIn(row, window))).length,
        falsely: sum.falsely + shown.filter((row) => !windows.some((window) => isIn(row, window))).length,
      };
    },
    { days: 0, found: 0, windows: 0, falsely: 0 },
  );
}

const source = 'NAB v1.1, results/: the scores of each file, summed over the 29 of the development half';

/** The detector of the unusual on the Numenta Anomaly Benchmark. */
export const nab: Bench = {
  name: 'nab',
  title: 'NAB: single signals of servers, traffic, temperatures and more (the detector of the unusual)',
  async run({ data }) {
    const result = data === undefined ? undefined : await scoreNab(data);
    const shown = data === undefined ? undefined : await showNab(data);
    if (!result || !shown) return { skipped: 'there is no nab/ in the data folder (--data DIR)' };
    const { standard, lowFp, lowFn, perFile } = result;
    const published = (arTime: number, cadOse: number, htm: number) => [
      { by: 'ARTime', value: arTime, source },
      { by: 'CAD OSE', value: cadOse, source },
      { by: 'Numenta HTM', value: htm, source },
    ];
    return [
      {
        metric: 'standard',
        says: `Standard profile, ${perFile.length} files`,
        value: standard,
        unit: '',
        goal: { atLeast: 77 },
        published: published(75.0, 70.8, 70.7),
      },
      { metric: 'lowFp', says: 'Profile that weighs false alarms double', value: lowFp, unit: '', published: published(65.2, 67.7, 61.3) },
      { metric: 'lowFn', says: 'Profile that weighs misses double', value: lowFn, unit: '', published: published(80.6, 73.4, 75.0) },
      {
        metric: 'shownFalselyPer100Days',
        says: `As the generic pack sets it: shown for nothing, ${Math.round(shown.days)} days of signals`,
        value: (100 * shown.falsely) / shown.days,
        unit: '',
      },
      { metric: 'shown', says: `As the generic pack sets it: of ${shown.windows} windows shown`, value: shown.found, unit: '' },
    ];
  },
};
