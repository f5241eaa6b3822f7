import type { Row } from './row.ts';

/** A message as it came, and when, epoch ms. */
export type EarlyRow = { row: Row; receivedAt: number };

/** Of one thing and of all together, in values: the oldest go first, so that who never says what it is fills no memory. */
export const earlyLimits = { ofOne: 1_000, ofAll: 5_000 };

/**
 * What new things said before it was known what they are. It was stored as it came; once their pack is known, what follows from it is made up for,
 * and the detectors get to see it.
 */
export function createEarly(limits = earlyLimits) {
  const things = new Map<string, { values: number; rows: EarlyRow[] }>();
  let held = 0;

  function drop(thing: string): void {
    held -= things.get(thing)?.values ?? 0;
    things.delete(thing);
  }

  return {
    keep(thing: string, row: Row, receivedAt: number): void {
      const kept = things.get(thing) ?? { values: 0, rows: [] };
      things.set(thing, kept);
      kept.rows.push({ row, receivedAt });
      kept.values += row.values.length;
      held += row.values.length;
      while (kept.values > limits.ofOne && kept.rows.length > 1) {
        const oldest = kept.rows.shift()!.row.values.length;
        kept.values -= oldest;
        held -= oldest;
      }
      while (held > limits.ofAll && things.size > 1) drop(things.keys().next().value!);
    },
    /** All that is kept of a thing, in the order in which it came; after that nothing is. */
    take(thing: string): readonly EarlyRow[] {
      const rows = things.get(thing)?.rows ?? [];
      drop(thing);
      return rows;
    },
    /** How many values are kept of all things. */
    held: () => held,
  };
}
