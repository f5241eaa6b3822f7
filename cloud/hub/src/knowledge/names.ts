import type { WholePack } from '@wayside/packs';
import type { Localized } from '@wayside/protocol';
import type { Names } from '../api/phrase-types.ts';

const inBoth = (title: string | Localized): Localized => (typeof title === 'string' ? { en: title, zh: title } : title);
const titles = (those: Record<string, { title: string | Localized }>) =>
  Object.fromEntries(Object.entries(those).map(([id, { title }]) => [id, inBoth(title)]));

/** What people call what the packs name by an id, by family. */
export const namesOf = (packs: readonly WholePack[]): Names =>
  Object.fromEntries(
    packs.map(({ family, title, faults, observations, thing }) => [
      family,
      {
        title,
        faults: titles(faults),
        observations: titles(observations),
        signals: titles(thing.signals),
        actions: titles(thing.actions),
      },
    ]),
  );

export type PackNames = { learn(packs: readonly WholePack[]): void; all(): Names };

/** The names of the packs that were read last. */
export function createPackNames(): PackNames {
  let names: Names = {};
  return {
    learn: (packs) => {
      names = namesOf(packs);
    },
    all: () => names,
  };
}
