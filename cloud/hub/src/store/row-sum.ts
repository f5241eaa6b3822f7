import { createHash } from 'node:crypto';

/** How many rows there were and what they hold, whatever order they came in: two tables with equal sums hold the same rows. */
export type RowSum = { rows: number; sum: string };

/** Adds up the SHA-256 of each row, as whole numbers modulo 2²⁵⁶. */
export function createRowSum() {
  let rows = 0;
  let sum = 0n;
  return {
    add(row: Record<string, unknown>): void {
      const text = JSON.stringify(
        Object.keys(row)
          .sort()
          .map((column) => [column, row[column] ?? null]),
      );
      rows++;
      sum = BigInt.asUintN(256, sum + BigInt(`0x${createHash('sha256').update(text).digest('hex')}`));
    },
    total: (): RowSum => ({ rows, sum: sum.toString(16).padStart(64, '0') }),
  };
}
