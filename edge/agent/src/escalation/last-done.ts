import type { Handoff } from '@wayside/contract';
import type { Done } from '../dialogue/look-back.ts';
import { repairsOf } from '../repair/keep.ts';
import type { Db } from '../store/schema.ts';

/**
 * What was done last with a thing: a repair here, or a case that a person resolved, whichever is newer; undefined where nothing is known.
 * @param fault only repairs of this fault count, since a case may be about several
 */
export async function lastDone(db: Db, thing: string, fault?: string): Promise<Done | undefined> {
  const repair = (await repairsOf(db, thing)).find((one) => fault === undefined || one.fault === fault);
  const mended: Done | undefined = repair && {
    kind: 'repair',
    ref: repair.repair,
    at: repair.finishedAt,
    title: repair.procedureTitle,
    state: repair.state,
  };
  if (fault !== undefined) return mended;
  const resolved = await db
    .selectFrom('handoff')
    .innerJoin('session', 'session.id', 'handoff.session')
    .select(['handoff.case as id', 'handoff.at as at', 'handoff.capsule as capsule'])
    .where('session.thing', '=', thing)
    .where('handoff.state', '=', 'resolved')
    .orderBy('handoff.at', 'desc')
    .executeTakeFirst();
  if (!resolved || (mended && mended.at >= resolved.at)) return mended;
  const { faults, rule } = JSON.parse(resolved.capsule) as Handoff;
  return { kind: 'case', ref: resolved.id, at: resolved.at, title: faults[0]?.title ?? rule.because };
}
