import { given } from '../../diagnosis/given.ts';
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

/** By the diagnosis; where all that is measured speaks against each cause, those that bring such signs at all. */
export function mayComeFrom({ diagnosis, pack }: Pick<Situation, 'diagnosis' | 'pack'>): MayComeFrom {
  const told = diagnosis.findings.filter(({ kind, present }) => kind === 'observation' && present).map(({ ref }) => ref);
  if (told.length === 0 || !pack) return {};
  const brings = (id: string) => told.some((ref) => (pack.faults[id]?.observations[ref] ?? 0) > 0);
  const possible = diagnosis.ranked.filter(({ fault, probability }) => probability > 0 && brings(fault));
  const named = diagnosis.ranked.filter(({ probability }) => probability >= worthNaming);
  const [first] = given(diagnosis, { trouble: true }).ranked;
  const steps = first && pack.faults[first.fault]?.procedure;
  const leads = first && first.probability >= leadsFrom && brings(first.fault) && steps && pack.procedures[steps] ? first.fault : undefined;
  return {
    candidates: (named.length > 0 ? named : possible).slice(0, mostNamed).map(({ fault }) => fault),
    ...(named.length > 0 ? {} : { unseen: true }),
    ...(leads === undefined ? {} : { leads }),
  };
}
