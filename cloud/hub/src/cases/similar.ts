import type { Localized } from '@wayside/protocol';
import { sql } from 'kysely';
import type { CaseView } from '../api/types.ts';
import type { Db } from '../store/schema.ts';
import { resolvedElsewhere } from './resolve.ts';
import type { CaseWithName } from './row.ts';

const most = 5;

/**
 * Resolved cases of the same family that share faults or codes, best first: a fault that turned out to be the cause counts three,
 * another shared fault two, a shared code one; among equals the newest. One that tells nothing of what solved it is left out.
 */
export async function similarCases(db: Db, row: CaseWithName): Promise<CaseView['similar']> {
  if (row.family === null) return [];
  const score = sql<number>`sum(case when theirs.kind = 'fault' and theirs.code = other.cause then 3 when theirs.kind = 'fault' then 2 else 1 end)`;
  const rows = await db
    .selectFrom('caseMark as ours')
    .innerJoin('caseMark as theirs', (join) => join.onRef('theirs.kind', '=', 'ours.kind').onRef('theirs.code', '=', 'ours.code'))
    .innerJoin('case as other', 'other.id', 'theirs.case')
    .select(['other.id', 'other.titleJson', 'other.resolution', 'other.resolvedAt'])
    .where('ours.case', '=', row.id)
    .where('other.id', '!=', row.id)
    .where('other.state', '=', 'resolved')
    .where('other.family', '=', row.family)
    .where('other.resolution', '!=', resolvedElsewhere)
    .groupBy(['other.id', 'other.titleJson', 'other.resolution', 'other.resolvedAt'])
    .orderBy(score, 'desc')
    .orderBy('other.resolvedAt', 'desc')
    .limit(most)
    .execute();
  return rows.map((r) => ({
    id: r.id,
    title: JSON.parse(r.titleJson) as Localized,
    resolution: r.resolution ?? '',
    at: r.resolvedAt ?? 0,
  }));
}
