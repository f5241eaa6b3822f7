import { sql } from 'kysely';
import type { z } from 'zod';
import type { CaseRow, caseFilter, caseList } from '../api/types.ts';
import { factorsOf, isAwake, priorityOf, unresolved, type Viewer } from '../queue/priority.ts';
import type { Db } from '../store/schema.ts';
import { rowOf, selectSeen } from './row.ts';

const longest = 200;

type Counts = z.infer<typeof caseList>['counts'];

/** Written out, as in the index that holds only these. */
const resolved = sql<boolean>`"case".state = 'resolved' and "case"."mergedInto" is null`;

/** The queue in the order in which this technician should help; resolved ones the newest first, sleeping ones by when they wake. */
export async function listCases(db: Db, filter: z.output<typeof caseFilter>, viewer: Viewer): Promise<z.infer<typeof caseList>> {
  const { state, mine } = filter;
  const whose = db.selectFrom('case').$if(mine === true, (q) => q.where('case.technician', '=', viewer.id));
  const priority = priorityOf(factorsOf(viewer));
  const inOrder =
    state === 'resolved'
      ? whose.where(resolved).orderBy('case.resolvedAt', 'desc').orderBy('case.id', 'desc')
      : state === 'snoozed'
        ? whose.where(unresolved).where('case.snoozedUntil', '>', viewer.now).orderBy('case.snoozedUntil').orderBy('case.id')
        : whose
            .where(unresolved)
            .$if(state !== undefined, (q) => q.where('case.state', '=', state as string))
            .where(isAwake(viewer.now))
            .orderBy(priority, 'desc')
            .orderBy('case.openedAt')
            .orderBy('case.id');
  const [first, counts, next, asked] = await Promise.all([
    inOrder.select('case.id').limit(longest).execute(),
    countCases(db, viewer.now),
    nextWake(db, viewer.now),
    askedInto(db, viewer),
  ]);
  const ids = first.map(({ id }) => id);
  const rows = await selectSeen(db, viewer)
    .where('case.id', 'in', sql<string>`(select value from json_each(${JSON.stringify(ids)}))`)
    .execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  return {
    cases: ids.flatMap((id) => byId.get(id) ?? []).map((row) => rowOf(row, viewer)),
    asked: asked.map((row) => rowOf(row, viewer)),
    counts,
    nextWake: next,
  };
}

/** A colleague waits for this technician's answer, and perhaps a person for both: these are seen wherever in the queue one looks. */
const askedInto = (db: Db, viewer: Viewer) =>
  selectSeen(db, viewer)
    .where(unresolved)
    .where('case.id', 'in', (e) =>
      e.selectFrom('briefing').select('briefing.case').where('briefing.toTechnician', '=', viewer.id).where('briefing.answer', 'is', null),
    )
    .orderBy('case.openedAt')
    .limit(longest)
    .execute();

/** How many there are in each state; what is part of another case counts with that one. */
export async function countCases(db: Db, now: number): Promise<Counts> {
  const [rows, { resolved }] = await Promise.all([
    db
      .selectFrom('case')
      .select((e) => [
        'state',
        e.fn.countAll<number>().as('count'),
        e.fn.countAll<number>().filterWhere('snoozedUntil', '>', now).as('asleep'),
      ])
      .where(unresolved)
      .groupBy('state')
      .execute(),
    db
      .selectFrom('caseTally')
      .select((e) => e.fn.coalesce(e.fn.sum<number>('resolved'), e.lit(0)).as('resolved'))
      .executeTakeFirstOrThrow(),
  ]);
  const counts: Counts = { open: 0, claimed: 0, resolved: Number(resolved), snoozed: 0 };
  for (const { state, count, asleep } of rows) {
    counts[state as CaseRow['state']] = Number(count) - Number(asleep);
    counts.snoozed += Number(asleep);
  }
  return counts;
}

/** When the next sleeping case wakes: then the queue is another without anybody doing anything. */
async function nextWake(db: Db, now: number): Promise<number | null> {
  const next = await db
    .selectFrom('case')
    .select('snoozedUntil')
    .where(unresolved)
    .where('snoozedUntil', '>', now)
    .orderBy('snoozedUntil')
    .limit(1)
    .executeTakeFirst();
  return next?.snoozedUntil ?? null;
}
