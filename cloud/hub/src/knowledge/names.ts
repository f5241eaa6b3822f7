import type { WholePack } from '@wayside/packs';
import type { Localized } from '@wayside/protocol';
import type { Names, Procedures } from '../api/phrase-types.ts';

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

/** What people are led through to mend a family's machines, with the faults it mends. */
const proceduresOf = ({ procedures, faults }: WholePack): Procedures =>
  Object.entries(procedures).map(([id, { title, steps }]) => ({
    id,
    title,
    faults: Object.entries(faults).flatMap(([fault, { procedure }]) => (procedure === id ? [fault] : [])),
    steps: steps.map((step) => ({ id: step.id, text: step.text })),
  }));

export type PackNames = {
  learn(packs: readonly WholePack[]): void;
  all(): Names;
  /** Of a family that no pack here is about: none. */
  procedures(family: string): Procedures;
};

/** The names of the packs that were read last. */
export function createPackNames(): PackNames {
  let names: Names = {};
  let procedures = new Map<string, Procedures>();
  return {
    learn: (packs) => {
      names = namesOf(packs);
      procedures = new Map(packs.map((pack) => [pack.family, proceduresOf(pack)]));
    },
    all: () => names,
    procedures: (family) => procedures.get(family) ?? [],
  };
}
