import { sql } from 'kysely';
import type { z } from 'zod';
import type { CaseRow, caseList } from '../api/types.ts';
import type { Db } from '../store/schema.ts';
import { rowOf, selectCases } from './row.ts';

const longest = 200;

/** The queue: urgent first, then who has waited longest; those that wait for nobody after those that do. Resolved ones: newest first. */
export async function listCases(db: Db, state: CaseRow['state'] | undefined): Promise<z.infer<typeof caseList>> {
  const base =
    state === undefined ? selectCases(db).where('case.state', '!=', 'resolved') : selectCases(db).where('case.state', '=', state);
  const inOrder =
    state === 'resolved'
      ? base.orderBy('case.resolvedAt', 'desc')
      : base
          .orderBy(sql`"case".urgency = 'urgent'`, 'desc')
          .orderBy(sql`"case"."waitingSince" is null`)
          .orderBy('case.waitingSince')
          .orderBy('case.openedAt');
  const [rows, counts] = await Promise.all([inOrder.orderBy('case.id').limit(longest).execute(), countCases(db)]);
  return { cases: rows.map(rowOf), counts };
}

export async function countCases(db: Db): Promise<Record<CaseRow['state'], number>> {
  const rows = await db
    .selectFrom('case')
    .select((e) => ['state', e.fn.countAll<number>().as('count')])
    .groupBy('state')
    .execute();
  const counts = { open: 0, claimed: 0, resolved: 0 };
  for (const { state, count } of rows) counts[state as CaseRow['state']] = count;
  return counts;
}
