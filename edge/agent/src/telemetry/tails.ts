import type { Value } from '@wayside/protocol';
import type { Series } from './series.ts';

/** A tail is full with so many points. */
export const pointsPerChunk = 60;

/** Where the journal stands: the number of an entry, and the bytes written up to it. */
export type Place = { seq: number; bytes: number };

/** The newest points of every series, which are in the journal and not yet in a chunk; the series in the order of their oldest point there. */
export function createTails() {
  const since = new Map<Series, Place>();
  const full = new Set<Series>();
  return {
    append(series: Series, at: number, value: Value, place: Place): void {
      if (series.times.length === 0) since.set(series, place);
      series.times.push(at);
      series.values.push(value);
      if (series.times.length === pointsPerChunk) full.add(series);
    },
    full: () => full.size,
    all: () => since.keys(),
    /** At most so many of those that are full, or began before so many bytes of the journal. */
    due(most: number, bytes: number): Set<Series> {
      const due = new Set<Series>();
      for (const series of full)
        if (due.size < most) due.add(series);
        else break;
      for (const [series, place] of since)
        if (place.bytes < bytes && due.size < most) due.add(series);
        else break;
      return due;
    },
    /** The first journal entry that any tail but these needs. */
    neededBut(these: ReadonlySet<Series>): number | undefined {
      for (const [series, { seq }] of since) if (!these.has(series)) return seq;
      return undefined;
    },
    /** What was a tail is a chunk now. */
    clear(series: Series): void {
      since.delete(series);
      full.delete(series);
      series.times = [];
      series.values = [];
    },
  };
}
