import type { Pack } from '@wayside/packs';
import type { Diagnosis } from './diagnose.ts';

/** The faults of parts that not every thing of the family has, and this one has not: it reads none of their signals, though it reads others. */
export function absentFaults(
  { components = {} }: Pick<Pack, 'components'>,
  { signals, latest }: { signals: Readonly<Record<string, unknown>>; latest(signal: string): unknown },
): Set<string> {
  const parts = Object.values(components);
  const reads = (signal: string) => latest(signal) !== undefined;
  if (!parts.some(({ optional }) => optional) || !Object.keys(signals).some(reads)) return new Set();
  const isThere = parts.map((part) => !part.optional || part.signals.some(reads));
  const [there, absent] = [true, false].map((wanted) => new Set(parts.flatMap(({ faults }, n) => (isThere[n] === wanted ? faults : []))));
  return absent!.difference(there!);
}

/**
 * The same diagnosis, given that some faults cannot be there or, in trouble, that something is wrong: what is left of its hypotheses, as likely as they are among themselves.
 * @param trouble whether a fault can be what is wrong; absent, it is not known that anything is
 */
export function given(
  known: Diagnosis,
  { absent, trouble }: { absent?: ReadonlySet<string>; trouble?: ((fault: string) => boolean) | undefined },
): Diagnosis {
  const gone = new Set(known.ranked.flatMap(({ fault }, place) => (absent?.has(fault) ? [place] : [])));
  if (gone.size === 0 && !trouble) return known;
  const blamed = known.ranked.map(({ fault }) => trouble?.(fault) ?? true);
  const left = known.hypotheses.filter(
    ({ members, unknown }) => !members.some((one) => gone.has(one)) && (!trouble || unknown || members.some((one) => blamed[one])),
  );
  const sum = left.reduce((all, { probability }) => all + probability, 0);
  if (sum === 0) return known;
  const hypotheses = left.map((one) => ({ ...one, probability: one.probability / sum }));
  const chances = new Float64Array(known.ranked.length);
  for (const { members, probability } of hypotheses) for (const one of members) chances[one]! += probability;
  return {
    ...known,
    none: trouble ? 0 : hypotheses.reduce((all, { members, probability }) => all + (members.length === 0 ? probability : 0), 0),
    ranked: known.ranked.map((one, place) => ({ ...one, probability: Math.min(1, chances[place]!) })),
    hypotheses,
  };
}
