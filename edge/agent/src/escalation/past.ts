import type { Handoff } from '@wayside/contract';
import type { Past } from '../dialogue/respond-parts.ts';
import { repairsOf } from '../repair/keep.ts';
import type { Db } from '../store/schema.ts';

/** What was done last with a thing: a repair here, or a case that a person resolved, whichever is newer; undefined where nothing is known. */
export async function pastOf(db: Db, thing: string): Promise<Past | undefined> {
  const [repair] = await repairsOf(db, thing, 1);
  const resolved = await db
    .selectFrom('handoff')
    .innerJoin('session', 'session.id', 'handoff.session')
    .select(['handoff.case as id', 'handoff.at as at', 'handoff.capsule as capsule'])
    .where('session.thing', '=', thing)
    .where('handoff.state', '=', 'resolved')
    .orderBy('handoff.at', 'desc')
    .executeTakeFirst();
  const mended: Past | undefined = repair && {
    kind: 'repair',
    ref: repair.repair,
    at: repair.finishedAt,
    title: repair.procedureTitle,
    state: repair.state,
  };
  if (!resolved || (mended && mended.at >= resolved.at)) return mended;
  const { faults, rule } = JSON.parse(resolved.capsule) as Handoff;
  return { kind: 'case', ref: resolved.id, at: resolved.at, title: faults[0]?.title ?? rule.because };
}
