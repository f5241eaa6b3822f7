import type { Pack } from '@wayside/packs';
import { fitsNow } from '../../diagnosis/fits-now.ts';
import { absentFaults, given } from '../../diagnosis/given.ts';
import { worthNaming } from '../understand/guess.ts';
import type { Situation } from './situation.ts';

/** While no fault is sure: what the signs that somebody told of could come from, the likeliest first. */
export type MayComeFrom = {
  candidates?: readonly string[];
  /** Nothing that is measured shows any of them. */
  unseen?: boolean;
  /** The one that is likelier than all others, and can be mended step by step. */
  leads?: string;
};

/** So many causes are named at most. */
const mostNamed = 3;
/** From this chance on, given that something is wrong, the steps for the likeliest are worth beginning. */
const leadsFrom = 0.5;

/** Whether a fault brings any of the signs that somebody told of, where one of them does; else whether it is a fault at all. */
export function toBlame({ diagnosis, pack }: Pick<Situation, 'diagnosis' | 'pack'>): (fault: string) => boolean {
  const told = diagnosis.findings.filter(({ kind, present }) => kind === 'observation' && present).map(({ ref }) => ref);
  const brings = (fault: string) => told.some((ref) => (pack?.faults[fault]?.observations[ref] ?? 0) > 0);
  return diagnosis.ranked.some(({ fault, probability }) => probability > 0 && brings(fault)) ? brings : () => true;
}

/** By the diagnosis; where all that is measured speaks against each cause, those that bring such signs at all. */
export function mayComeFrom({ diagnosis, pack }: Pick<Situation, 'diagnosis' | 'pack'>): MayComeFrom {
  if (!pack || !diagnosis.findings.some(({ kind, present }) => kind === 'observation' && present)) return {};
  const blamed = toBlame({ diagnosis, pack });
  const possible = diagnosis.ranked.filter(({ fault, probability }) => probability > 0 && blamed(fault));
  const named = possible.filter(({ probability }) => probability >= worthNaming);
  const [first] = given(diagnosis, { trouble: blamed }).ranked.toSorted((a, b) => b.probability - a.probability);
  const steps = first && pack.faults[first.fault]?.procedure;
  const leads = first && first.probability >= leadsFrom && blamed(first.fault) && steps && pack.procedures[steps] ? first.fault : undefined;
  return {
    candidates: (named.length > 0 ? named : possible).slice(0, mostNamed).map(({ fault }) => fault),
    ...(named.length > 0 ? {} : { unseen: true }),
    ...(leads === undefined ? {} : { leads }),
  };
}

/** So many signs are offered to choose from. */
const mostOffered = 5;

/** What somebody may notice while nothing measured shows that anything is wrong, what the commonest faults bring about first: what they know as they are there, and were not asked already. */
export function mayNotice({ pack, thing, state }: Pick<Situation, 'pack' | 'thing' | 'state'>): string[] {
  if (!pack || !thing) return [];
  return commonest({ pack, thing })
    .filter((sign) => {
      const observation = pack.observations[sign]!;
      const { by, circumstance } = observation;
      return by === 'say' && !circumstance && fitsNow(observation, thing.latest) && !state.asked.includes(sign);
    })
    .slice(0, mostOffered);
}

/** The signs of a machine that are noticed by one sense, those of the commonest faults first. */
export function noticedBy({ pack, thing }: Pick<Situation, 'pack' | 'thing'>, sense: string | undefined): string[] {
  if (!pack || !thing) return [];
  return commonest({ pack, thing })
    .filter((sign) => pack.observations[sign]!.sense === sense)
    .slice(0, mostOffered);
}

/** The signs that faults of this machine bring about, those of the commonest first. */
function commonest({ pack, thing }: { pack: Pack; thing: NonNullable<Situation['thing']> }): string[] {
  const absent = absentFaults(pack, thing);
  const weights = new Map<string, number>();
  for (const [id, { prior, observations }] of Object.entries(pack.faults))
    for (const [sign, link] of absent.has(id) ? [] : Object.entries(observations))
      weights.set(sign, (weights.get(sign) ?? 0) + prior * link);
  return [...weights].sort(([, a], [, b]) => b - a).map(([sign]) => sign);
}
