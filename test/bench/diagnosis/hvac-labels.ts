import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { check } from '@wayside/protocol';
import { z } from 'zod';

/** What was wrong with a unit on a day: nothing, a part in a way, something nobody named, or a day to be left out. */
export const parts = ['damper', 'heating valve', 'cooling valve'] as const;
export const ways = ['stuck', 'leaking'] as const;
const causes = parts.flatMap((part) => ways.map((way) => `${part} ${way}` as const));
export type Cause = (typeof causes)[number];
const truth = z.enum(['none', 'unnamed', 'leave out', ...causes]);
export type Truth = z.infer<typeof truth>;

/** By file (without `.csv`) and day (`2017-09-11`). */
export type Labels = Record<string, Record<string, Truth>>;
const labels = z.record(z.string(), z.record(z.iso.date(), truth));

/** The table of the development set's README; its other days are without fault. */
const readme: Labels = {
  SZVAV: {
    '2017-09-11': 'cooling valve leaking',
    '2017-09-12': 'heating valve leaking',
    '2017-09-14': 'heating valve stuck',
    '2017-09-15': 'heating valve stuck',
    '2017-09-18': 'damper stuck',
    '2017-09-19': 'damper stuck',
    '2017-09-22': 'cooling valve stuck',
  },
  'MZVAV-2-1': { '2007-08-28': 'heating valve leaking', '2007-08-29': 'heating valve leaking', '2007-08-30': 'leave out' },
};

/**
 * What is known of each day: the README's table, and over it `hvac-fdd/labels.json` where there is one:
 * `{"<file without .csv>": {"<yyyy-mm-dd>": "none" | "unnamed" | "leave out" | "<damper|heating valve|cooling valve> <stuck|leaking>"}}`.
 * @throws WaysideError `invalid` when it is not of that form
 */
export async function labelsOf(dataDir: string): Promise<Labels> {
  const file = join(dataDir, 'hvac-fdd', 'labels.json');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return { ...readme, ...(text === undefined ? {} : check(labels, JSON.parse(text), file)) };
}

/** The truth of a day: its label, or else what the file's own column says, which names no cause. */
export const truthOf = (labels: Labels, file: string, day: string, column: boolean | undefined): Truth =>
  labels[file]?.[day] ?? (column === undefined ? 'leave out' : column ? 'unnamed' : 'none');
