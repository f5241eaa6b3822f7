import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { results } from '../run-seeds.ts';

export const count = (n: number): string => n.toLocaleString('en');
export const total = <R>(all: readonly R[], of: (one: R) => number): number => all.reduce((sum, one) => sum + of(one), 0);

/** What a proof has kept; undefined when it was not run. */
export function read<T>(name: string): T | undefined {
  const file = resolve(results, name);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : undefined;
}

/** Seeds of a proof, and its results; none when it was not run. */
export function runs<R>(name: string): { seeds: string; all: R[] } {
  const kept = read<Record<string, R>>(name) ?? {};
  return { seeds: ranges(Object.keys(kept).map(Number)), all: Object.values(kept) };
}

/** @example ranges([1, 2, 3, 7]) // '1 to 3, 7' */
function ranges(numbers: readonly number[]): string {
  const found: [number, number][] = [];
  for (const n of [...numbers].sort((a, b) => a - b)) {
    const last = found.at(-1);
    if (last && last[1] === n - 1) last[1] = n;
    else found.push([n, n]);
  }
  return found.map(([from, to]) => (from === to ? `${from}` : `${from} to ${to}`)).join(', ');
}
