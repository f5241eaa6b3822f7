import type { Handoff } from '@wayside/contract';
import type { Localized } from '@wayside/protocol';
import { WaysideError } from '@wayside/protocol';
import type { CaseRow } from '../api/types.ts';
import type { CaseRecord, Db } from '../store/schema.ts';

export type CaseWithName = CaseRecord & { technicianName: string | null };

/** Cases with the name of who has them, to be narrowed. */
export const selectCases = (db: Db) =>
  db
    .selectFrom('case')
    .leftJoin('technician', 'technician.id', 'case.technician')
    .selectAll('case')
    .select('technician.name as technicianName');

/** @throws WaysideError `not-found` */
export async function readCase(db: Db, id: string): Promise<CaseWithName> {
  const row = await selectCases(db).where('case.id', '=', id).executeTakeFirst();
  if (!row) throw new WaysideError('not-found', `There is no case ${id}.`);
  return row;
}

/** A case as a line of the queue. */
export function rowOf(row: CaseWithName): CaseRow {
  const handoff = JSON.parse(row.handoffJson) as Handoff;
  const { thing, person, summary, locale } = handoff;
  const top = handoff.faults[0];
  return {
    id: row.id,
    edge: row.edge,
    state: row.state as CaseRow['state'],
    urgency: row.urgency as CaseRow['urgency'],
    openedAt: row.openedAt,
    waitingSince: row.waitingSince,
    updatedAt: row.updatedAt,
    title: JSON.parse(row.titleJson) as Localized,
    summary,
    locale,
    ...(person ? { person: person.name ?? person.id } : {}),
    ...(thing ? { thing: thing.id, thingTitle: thing.title, family: thing.family } : {}),
    technician: row.technician !== null && row.technicianName !== null ? { id: row.technician, name: row.technicianName } : null,
    rule: row.rule,
    unread: row.unread,
    ...(top ? { topFault: top.title, severity: top.severity } : {}),
  };
}
