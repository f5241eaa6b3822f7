import type { Handoff } from '@wayside/contract';
import { WaysideError } from '@wayside/protocol';
import type { CaseRow } from '../api/types.ts';
import type { CaseRecord, Db } from '../store/schema.ts';

/** What a handoff adds to its line in the queue. */
type Glance = Pick<
  CaseRow,
  'title' | 'summary' | 'locale' | 'person' | 'thing' | 'thingTitle' | 'family' | 'topFault' | 'severity' | 'attention' | 'skill'
>;

export function glanceOf({ thing, person, summary, locale, attention, route, faults: [top] }: Handoff): Glance {
  return {
    attention,
    ...(route?.skill ? { skill: route.skill.title } : {}),
    title: top?.title ?? summary,
    summary,
    locale,
    ...(person ? { person: person.name ?? person.id } : {}),
    ...(thing ? { thing: thing.id, thingTitle: thing.title, family: thing.family } : {}),
    ...(top ? { topFault: top.title, severity: top.severity } : {}),
  };
}

/** A case with the name of who has it, without its capsule. */
export type CaseWithName = Omit<CaseRecord, 'handoffJson'> & { technicianName: string | null };

/** Cases with the name of who has them, to be narrowed. */
export const selectCases = (db: Db) =>
  db
    .selectFrom('case')
    .leftJoin('technician', 'technician.id', 'case.technician')
    .select([
      'case.id',
      'case.edge',
      'case.session',
      'case.state',
      'case.urgency',
      'case.openedAt',
      'case.waitingSince',
      'case.updatedAt',
      'case.titleJson',
      'case.family',
      'case.rule',
      'case.unread',
      'case.topFault',
      'case.topFaultTitleJson',
      'case.glanceJson',
      'case.technician',
      'case.firstReplyAt',
      'case.resolvedAt',
      'case.resolvedBy',
      'case.resolution',
      'case.cause',
      'case.article',
      'technician.name as technicianName',
    ]);

/** @throws WaysideError `not-found` */
export async function readCase(db: Db, id: string): Promise<CaseWithName> {
  const row = await selectCases(db).where('case.id', '=', id).executeTakeFirst();
  if (!row) throw new WaysideError('not-found', `There is no case ${id}.`);
  return row;
}

/** The capsule a case was opened with. */
export async function readHandoff(db: Db, id: string): Promise<Handoff> {
  const { handoffJson } = await db.selectFrom('case').select('handoffJson').where('id', '=', id).executeTakeFirstOrThrow();
  return JSON.parse(handoffJson) as Handoff;
}

/** A case as a line of the queue. */
export function rowOf(row: CaseWithName): CaseRow {
  return {
    id: row.id,
    edge: row.edge,
    state: row.state as CaseRow['state'],
    urgency: row.urgency as CaseRow['urgency'],
    openedAt: row.openedAt,
    waitingSince: row.waitingSince,
    updatedAt: row.updatedAt,
    ...({ attention: 'takes-over', ...JSON.parse(row.glanceJson) } as Glance),
    technician: row.technician !== null && row.technicianName !== null ? { id: row.technician, name: row.technicianName } : null,
    rule: row.rule,
    unread: row.unread,
  };
}
