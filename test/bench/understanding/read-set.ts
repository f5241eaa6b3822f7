import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The rows of a CSV text, by the names of its first line (RFC 4180: quotes may hold commas, quotes doubled and line ends). */
export function csvRows(text: string): Record<string, string>[] {
  const rows: string[][] = [[]];
  for (const [, quoted, bare, end] of text.replace(/^\ufeff/, '').matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? bare ?? '');
    if (end !== ',') rows.push([]);
  }
  const [names = [], ...filled] = rows.filter((row) => row.length > 1 || (row[0] ?? '') !== '');
  return filled.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i] ?? ''])));
}

/** The texts of a set's files whose names fit, in the order of their names; undefined when the set is not there. */
export async function filesOf(dataDir: string, set: string, fits: RegExp): Promise<{ name: string; text: string }[] | undefined> {
  const folder = join(dataDir, set);
  const names = await readdir(folder).catch(() => []);
  const wanted = names.filter((name) => fits.test(name)).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  if (wanted.length === 0) return undefined;
  return Promise.all(wanted.map(async (name) => ({ name, text: await readFile(join(folder, name), 'utf8') })));
}

export const notThere = (set: string) => ({ skipped: `there is no ${set}/ in the data folder (--data DIR)` });
