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

/**
 * What to train on and what to judge: items of `parity` (0 even, 1 odd) train for the others; where only one kind is there, each of two
 * halves is judged by the other.
 */
export function halves<T>(items: readonly T[], numberOf: (item: T) => number, parity: 0 | 1): [train: T[], test: T[]][] {
  const split = (fits: (number: number) => boolean): [T[], T[]] => [
    items.filter((one) => fits(numberOf(one))),
    items.filter((one) => !fits(numberOf(one))),
  ];
  const [train, test] = split((number) => number % 2 === parity);
  if (train.length > 0 && test.length > 0) return [[train, test]];
  const [one, other] = split((number) => Math.floor(number / 2) % 2 === 0);
  return [
    [one, other],
    [other, one],
  ];
}
