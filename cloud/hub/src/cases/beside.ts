import type { Localized } from '@wayside/protocol';
import type { CaseView } from '../api/types.ts';
import type { Db } from '../store/schema.ts';
import type { CaseWithName, Glance } from './row.ts';

const most = 20;

/** Who else works on a case. */
export async function helpersOf(db: Db, id: string): Promise<CaseView['helpers']> {
  return db
    .selectFrom('helper')
    .innerJoin('technician', 'technician.id', 'helper.technician')
    .select(['technician.id', 'technician.name'])
    .where('helper.case', '=', id)
    .orderBy('helper.since')
    .execute();
}

/** The cases that were found to be the same as this one. */
export async function mergedCases(db: Db, id: string): Promise<CaseView['merged']> {
  const rows = await db
    .selectFrom('case')
    .select(['id', 'session', 'titleJson', 'openedAt'])
    .where('mergedInto', '=', id)
    .orderBy('openedAt')
    .execute();
  return rows.map(({ titleJson, openedAt, ...row }) => ({ ...row, title: JSON.parse(titleJson) as Localized, at: openedAt }));
}

/** Other cases of this edge that are not closed: each may be this one over again. */
export async function besideCase(db: Db, row: CaseWithName, now: number): Promise<CaseView['beside']> {
  if (row.state === 'resolved' || row.mergedInto !== null) return [];
  const rows = await db
    .selectFrom('case')
    .leftJoin('technician', 'technician.id', 'case.technician')
    .select(['case.id', 'case.titleJson', 'case.glanceJson', 'case.openedAt', 'technician.name'])
    .where('case.edge', '=', row.edge)
    .where('case.id', '!=', row.id)
    .where('case.state', '!=', 'resolved')
    .where('case.mergedInto', 'is', null)
    .where('case.openedAt', '<=', now)
    .orderBy('case.openedAt', 'desc')
    .limit(most)
    .execute();
  return rows.map(({ id, titleJson, glanceJson, openedAt, name }) => ({
    id,
    title: JSON.parse(titleJson) as Localized,
    summary: (JSON.parse(glanceJson) as Glance).summary,
    at: openedAt,
    technician: name,
  }));
}
