import type { z } from 'zod';
import type { CaseRow, caseFilter, caseList } from '../api/types.ts';
import { isAwake, type Viewer } from '../queue/priority.ts';
import type { Db } from '../store/schema.ts';
import { rowOf, selectSeen } from './row.ts';

const longest = 200;
/** Named one by one: an index finds what is equal, not what is other. */
const unresolved = ['open', 'claimed'];

type Counts = z.infer<typeof caseList>['counts'];

/** The queue in the order in which this technician should help; resolved ones the newest first, sleeping ones by when they wake. */
export async function listCases(db: Db, filter: z.output<typeof caseFilter>, viewer: Viewer): Promise<z.infer<typeof caseList>> {
  const { state, mine } = filter;
  const seen = selectSeen(db, viewer).$if(mine === true, (q) => q.where('case.technician', '=', viewer.id));
  const inOrder =
    state === 'resolved'
      ? seen.where('case.state', '=', 'resolved').where('case.mergedInto', 'is', null).orderBy('case.resolvedAt', 'desc')
      : state === 'snoozed'
        ? seen
            .where('case.state', 'in', unresolved)
            .where('case.mergedInto', 'is', null)
            .where('case.snoozedUntil', '>', viewer.now)
            .orderBy('case.snoozedUntil')
        : seen
            .where('case.state', 'in', state === undefined ? unresolved : [state])
            .where(isAwake(viewer.now))
            .orderBy('priority', 'desc')
            .orderBy('case.openedAt');
  const [rows, counts, next] = await Promise.all([
    inOrder.orderBy('case.id').limit(longest).execute(),
    countCases(db, viewer.now),
    nextWake(db, viewer.now),
  ]);
  return { cases: rows.map((row) => rowOf(row, viewer)), counts, nextWake: next };
}

/** How many there are in each state; what is part of another case counts with that one. */
export async function countCases(db: Db, now: number): Promise<Counts> {
  const rows = await db
    .selectFrom('case')
    .select((e) => ['state', e.fn.countAll<number>().as('count')])
    .where('mergedInto', 'is', null)
    .groupBy('state')
    .execute();
  const asleep = await db
    .selectFrom('case')
    .select((e) => ['state', e.fn.countAll<number>().as('count')])
    .where('state', 'in', unresolved)
    .where('mergedInto', 'is', null)
    .where('snoozedUntil', '>', now)
    .groupBy('state')
    .execute();
  const counts: Counts = { open: 0, claimed: 0, resolved: 0, snoozed: 0 };
  for (const { state, count } of rows) counts[state as CaseRow['state']] = Number(count);
  for (const { state, count } of asleep) {
    counts[state as CaseRow['state']] -= Number(count);
    counts.snoozed += Number(count);
  }
  return counts;
}

/** When the next sleeping case wakes: then the queue is another without anybody doing anything. */
async function nextWake(db: Db, now: number): Promise<number | null> {
  const { at } = await db
    .selectFrom('case')
    .select((e) => e.fn.min('snoozedUntil').as('at'))
    .where('state', 'in', unresolved)
    .where('snoozedUntil', '>', now)
    .executeTakeFirstOrThrow();
  return at === null ? null : Number(at);
}
