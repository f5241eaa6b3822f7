import { type Figure, type Pack, signalsOfFigure } from '@wayside/packs';
import type { Sample } from '@wayside/protocol';
import { nothingTallied, type Tallied, tally } from './tally.ts';

type Watched = { family: string; by: Map<string, [id: string, figure: Figure][]> };

export type Use = {
  /** Goes on from what was counted before. */
  load(tallies: Map<string, Map<string, Tallied>>): void;
  samples(thing: string, samples: readonly Sample[]): void;
  of(thing: string): Map<string, Tallied>;
  /** Things heard of since this was last asked. */
  takeHeardOf(): string[];
  /** Things of which more was counted since this was last asked. */
  takeUnkept(): string[];
};

/** Counts how things are used, by the figures of their packs. */
export function createUse(packOf: (thing: string) => Pack | undefined): Use {
  let tallies = new Map<string, Map<string, Tallied>>();
  const watched = new Map<string, Watched>();
  const heardOf = new Set<string>();
  const unkept = new Set<string>();
  const take = (from: Set<string>) => {
    const things = [...from];
    from.clear();
    return things;
  };

  function watchedOf(thing: string): Watched | undefined {
    const pack = packOf(thing);
    const before = watched.get(thing);
    if (before && before.family === pack?.family) return before;
    const file = pack?.recommendations;
    if (!pack || !file) return undefined;
    const by: Watched['by'] = new Map();
    for (const [id, figure] of Object.entries(file.figures))
      for (const signal of signalsOfFigure(figure)) by.set(signal, [...(by.get(signal) ?? []), [id, figure]]);
    const made = { family: pack.family, by };
    watched.set(thing, made);
    return made;
  }

  return {
    load(before) {
      tallies = before;
      for (const thing of tallies.keys()) heardOf.add(thing);
    },
    samples(thing, samples) {
      const mine = watchedOf(thing);
      if (!mine) return;
      for (const { signal, value, observedAt, quality } of samples) {
        const watchers = mine.by.get(signal);
        if (!watchers || quality !== 'good') continue;
        const states = tallies.get(thing) ?? new Map<string, Tallied>();
        tallies.set(thing, states);
        for (const [id, figure] of watchers) {
          const state = states.get(id) ?? nothingTallied();
          states.set(id, state);
          tally(figure, state, signal, value, observedAt);
        }
        heardOf.add(thing);
        unkept.add(thing);
      }
    },
    of: (thing) => tallies.get(thing) ?? new Map(),
    takeHeardOf: () => take(heardOf),
    takeUnkept: () => take(unkept),
  };
}
