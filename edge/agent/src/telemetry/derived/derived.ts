import type { Derived } from '@wayside/packs';
import type { Sample } from '@wayside/protocol';
import { qualityOf } from '../door.ts';
import { createDerivation, type Derivation, derivedState } from './derive.ts';

/** The derived signals of every thing here. */
export type DerivedRoom = {
  /** What follows from the samples of one message: samples like any other, to be stored and passed on with them. */
  of(thing: string, samples: readonly Sample[]): Sample[];
  /** Things of which more was counted since it was last taken. */
  changed(): string[];
  takeLearned(thing: string): [part: string, state: unknown][];
  /** Goes on from what was counted before a restart; undefined when the part is another's. @throws ZodError when it does not fit */
  recall(thing: string, part: string, state: unknown): string[] | undefined;
};

const part = 'derived';

/** @param derivedOf the formulas of a thing's family; the same array for the same family */
export function createDerived(derivedOf: (thing: string) => readonly Derived[]): DerivedRoom {
  const things = new Map<string, { by: readonly Derived[]; derivation: Derivation }>();
  const changed = new Set<string>();

  const find = (thing: string): Derivation | undefined => {
    const by = derivedOf(thing);
    const known = things.get(thing);
    if (known?.by === by) return known.derivation;
    if (by.length === 0) return undefined;
    const derivation = createDerivation(by);
    things.set(thing, { by, derivation });
    return derivation;
  };

  return {
    of(thing, samples) {
      const first = samples[0];
      // A clock that is far from ours says nothing about how long something lasted.
      if (!first || first.quality === 'suspect-time') return [];
      const derivation = find(thing);
      const found = derivation?.derive(samples) ?? [];
      if (found.length > 0) changed.add(thing);
      return found.map((one) => ({
        ...one,
        thing,
        receivedAt: first.receivedAt,
        quality: qualityOf(signalOf(thing, one.signal), one.value),
      }));
    },
    changed: () => [...changed],
    takeLearned(thing) {
      changed.delete(thing);
      const derivation = things.get(thing)?.derivation;
      return derivation ? [[part, derivation.save()]] : [];
    },
    recall(thing, of, state) {
      if (of !== part) return undefined;
      find(thing)?.load(derivedState.parse(state));
      return [];
    },
  };

  function signalOf(thing: string, name: string) {
    return derivedOf(thing).find((one) => one.name === name)?.signal;
  }
}
