import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type { CaseRow, caseFilter, caseList } from '../api/types.ts';
import { factorsOf, isAwake, priorityOf, unresolved, type Viewer } from '../queue/priority.ts';
import { type Wanted, wantedBy } from '../store/full-text.ts';
import type { Db } from '../store/schema.ts';
import { casesWith } from './find.ts';
import { rowOf, selectSeen } from './row.ts';

const mostAsked = 200;
/** So many of the resolved ones are counted: who finds more looks for something else. */
const mostCounted = 1_000;

type Counts = z.infer<typeof caseList>['counts'];

/** Written out, as in the index that holds only these. */
const resolved = sql<boolean>`"case".state = 'resolved' and "case"."mergedInto" is null`;

/**
 * The queue in the order in which this technician should help; resolved ones the newest first, sleeping ones by when they wake. Where words are asked for, those
 * cases that have them all.
 */
export async function listCases(db: Db, filter: z.output<typeof caseFilter>, viewer: Viewer): Promise<z.infer<typeof caseList>> {
  const { q = '', limit } = filter;
  const wanted = wantedBy(q);
  const isNoWord = wanted === undefined && q.trim() !== '';
  const [first, counts, found, next, asked] = await Promise.all([
    isNoWord
      ? []
      : idsInOrder(db, filter, viewer, wanted)
          .select('case.id')
          .limit(limit + 1)
          .execute(),
    countCases(db, viewer.now),
    wanted ? countFound(db, wanted, viewer.now) : isNoWord ? { open: 0, claimed: 0, resolved: 0, snoozed: 0 } : null,
    nextWake(db, viewer.now),
    askedInto(db, viewer),
  ]);
  const ids = first.slice(0, limit).map(({ id }) => id);
  const rows = await selectSeen(db, viewer)
    .where('case.id', 'in', sql<string>`(select value from json_each(${JSON.stringify(ids)}))`)
    .execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  return {
    cases: ids.flatMap((id) => byId.get(id) ?? []).map((row) => rowOf(row, viewer)),
    more: first.length > limit,
    found,
    asked: asked.map((row) => rowOf(row, viewer)),
    counts,
    nextWake: next,
  };
}

function idsInOrder(db: Db, { state, mine }: z.output<typeof caseFilter>, viewer: Viewer, wanted: Wanted | undefined) {
  if (state === 'resolved' && wanted)
    return resolvedWith(db, wanted)
      .$if(mine === true, (q) => q.where('case.technician', '=', viewer.id))
      .orderBy('found.place', 'desc');
  const whose = db.selectFrom('case').$if(mine === true, (q) => q.where('case.technician', '=', viewer.id));
  if (state === 'resolved') return whose.where(resolved).orderBy('case.resolvedAt', 'desc').orderBy('case.id', 'desc');
  const open = whose.where(unresolved).$if(wanted !== undefined, (q) => q.where(isFound(db, wanted as Wanted)));
  return state === 'snoozed'
    ? open.where('case.snoozedUntil', '>', viewer.now).orderBy('case.snoozedUntil').orderBy('case.id')
    : open
        .$if(state !== undefined, (q) => q.where('case.state', '=', state as string))
        .where(isAwake(viewer.now))
        .orderBy(priorityOf(factorsOf(viewer)), 'desc')
        .orderBy('case.openedAt')
        .orderBy('case.id');
}

/** The resolved ones that have the words. Crossed, which SQLite takes for the order to go by: from who has them to the case, no further than is asked for. */
const resolvedWith = (db: Db, wanted: Wanted) =>
  db
    .selectFrom(casesWith(db, wanted, true).as('found'))
    .crossJoin('case')
    .whereRef('found.case', '=', 'case.id')
    .where(resolved);

/** Whether a case that is not resolved has the words. As an expression: else SQLite reads each that has them, with its capsule, instead of the index of the queue. */
const isFound = (db: Db, wanted: Wanted) =>
  sql<boolean>`"case".id || '' in (select found."case" from ${casesWith(db, wanted, false)} found)`;

/** A colleague waits for this technician's answer, and perhaps a person for both: these are seen wherever in the queue one looks. */
const askedInto = (db: Db, viewer: Viewer) =>
  selectSeen(db, viewer)
    .where(unresolved)
    .where('case.id', 'in', (e) =>
      e.selectFrom('briefing').select('briefing.case').where('briefing.toTechnician', '=', viewer.id).where('briefing.answer', 'is', null),
    )
    .orderBy('case.openedAt')
    .limit(mostAsked)
    .execute();

/** How many there are in each state; what is part of another case counts with that one. */
export async function countCases(db: Db, now: number): Promise<Counts> {
  const [counts, { resolved }] = await Promise.all([
    countOpen(db, now),
    db
      .selectFrom('caseTally')
      .select((e) => e.fn.coalesce(e.fn.sum<number>('resolved'), e.lit(0)).as('resolved'))
      .executeTakeFirstOrThrow(),
  ]);
  return { ...counts, resolved: Number(resolved) };
}

async function countOpen(db: Db, now: number, which?: RawBuilder<boolean>): Promise<Counts> {
  const rows = await db
    .selectFrom('case')
    .select((e) => [
      'state',
      e.fn.countAll<number>().as('count'),
      e.fn.countAll<number>().filterWhere('snoozedUntil', '>', now).as('asleep'),
    ])
    .where(unresolved)
    .$if(which !== undefined, (q) => q.where(which as RawBuilder<boolean>))
    .groupBy('state')
    .execute();
  const counts: Counts = { open: 0, claimed: 0, resolved: 0, snoozed: 0 };
  for (const { state, count, asleep } of rows) {
    counts[state as CaseRow['state']] = Number(count) - Number(asleep);
    counts.snoozed += Number(asleep);
  }
  return counts;
}

/** The same of those that have the words. */
async function countFound(db: Db, wanted: Wanted, now: number): Promise<Counts> {
  const [counts, over] = await Promise.all([
    countOpen(db, now, isFound(db, wanted)),
    resolvedWith(db, wanted).select('case.id').limit(mostCounted).execute(),
  ]);
  return { ...counts, resolved: over.length };
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
