import type { VisitEnd, VisitFrame } from '@wayside/contract';
import { newId, type Value, WaysideError } from '@wayside/protocol';
import { failpoint } from '@wayside/sqlite';
import type { CaseView, Me } from '../api/types.ts';
import { workOn } from '../queue/claim.ts';
import { type Change, change, type Ground } from '../store/change.ts';
import type { Db } from '../store/schema.ts';
import { send } from '../sync/envelopes.ts';
import type { UpBody } from '../sync/read-record.ts';

/** A visit lasts so long; then the technician comes again, or does not. */
const lastsMs = 10 * 60_000;
/** Nobody sat before the page for so long: nobody looks. */
const unseenMs = 15_000;
/** What is asked of the machine is void when the edge hears of it later. */
const wishMs = 60_000;

export type VisitView = CaseView['visits'][number];

const going = (db: Db, caseId: string) =>
  db.selectFrom('visit').selectAll().where('case', '=', caseId).where('endedAt', 'is', null).executeTakeFirst();

/**
 * A technician comes to look; claims the case when nobody has. Coming twice is being there once.
 * @throws WaysideError `conflict` when somebody else looks, the case is another's or resolved; `invalid` when it is about no machine; `unavailable` without its edge
 */
export function come(
  ground: Ground,
  caseId: string,
  me: Me,
  isOnline: (edge: string) => boolean,
): Promise<{ visit: string; until: number }> {
  return change(ground, async (here) => {
    const row = await workOn(here, caseId, me);
    const last = await going(here.tx, caseId);
    const isStale = last && (here.now >= last.until || here.now - last.heardAt > unseenMs);
    if (isStale) await end(here, last, 'link', here.now);
    const before = isStale ? undefined : last;
    if (before?.technician === me.id) return { visit: before.id, until: before.until };
    if (before)
      throw new WaysideError('conflict', 'A colleague looks at this machine now. Look together: the live values are on the case.');
    if ((JSON.parse(row.glanceJson) as { thing?: string }).thing === undefined)
      throw new WaysideError('invalid', 'This case is about no machine, so there is nothing to look at.');
    if (!isOnline(row.edge)) throw new WaysideError('unavailable', 'The edge is not connected now. What it last told is on the case.');
    const visit = { id: newId('v', here.now), case: caseId, edge: row.edge, technician: me.id, calledAt: here.now };
    const until = here.now + lastsMs;
    await here.tx
      .insertInto('visit')
      .values({ ...visit, until, heardAt: here.now, beganAt: null, endedAt: null, why: null })
      .execute();
    await send(here, row.edge, 'visit', { visit: visit.id, case: caseId, session: row.session, by: me.name, state: 'come', until });
    here.tell({ event: 'case', data: { case: caseId } });
    return { visit: visit.id, until };
  });
}

/** The technician goes, or is gone. Going twice is being gone. */
export function leave(ground: Ground, caseId: string, why: VisitEnd): Promise<void> {
  return change(ground, async (here) => {
    const visit = await going(here.tx, caseId);
    if (!visit) return;
    const { session } = await here.tx.selectFrom('case').select('session').where('id', '=', caseId).executeTakeFirstOrThrow();
    const by = await here.tx.selectFrom('technician').select('name').where('id', '=', visit.technician).executeTakeFirstOrThrow();
    await send(here, visit.edge, 'visit', { visit: visit.id, case: caseId, session, by: by.name, state: 'go', until: visit.until });
    await end(here, visit, why, here.now);
  });
}

/** What the edge says of it is how it was: also that somebody there ended it, or that it never began. */
export async function keepVisit(here: Change, edge: string, report: UpBody<'visit'>): Promise<string | undefined> {
  const visit = await here.tx.selectFrom('visit').selectAll().where('id', '=', report.visit).where('edge', '=', edge).executeTakeFirst();
  if (!visit) return 'it is of a visit that nobody made';
  if (report.state === 'over') await end(here, visit, report.why ?? 'left', report.at);
  else {
    await here.tx.updateTable('visit').set({ beganAt: report.at }).where('id', '=', visit.id).execute();
    here.tell({ event: 'case', data: { case: visit.case } });
  }
  return undefined;
}

async function end(
  { tx, tell }: Change,
  visit: { id: string; case: string; endedAt: number | null },
  why: VisitEnd,
  at: number,
): Promise<void> {
  if (visit.endedAt === null) await tx.updateTable('visit').set({ endedAt: at, why }).where('id', '=', visit.id).execute();
  tell({ event: 'case', data: { case: visit.case } });
  tell({ event: 'live', data: { case: visit.case, over: why } });
}

/** A frame of the edge goes to whoever looks. @returns whether anybody does */
export async function hear({ db, now, tell }: Ground, edge: string, frame: VisitFrame): Promise<boolean> {
  const visit = await db.selectFrom('visit').selectAll().where('id', '=', frame.visit).where('edge', '=', edge).executeTakeFirst();
  if (!visit || visit.endedAt !== null || now() >= visit.until || now() - visit.heardAt > unseenMs) return false;
  tell({ event: 'live', data: { case: visit.case, frame } });
  return true;
}

/** Somebody sits before the live values now. */
export const stillHere = ({ db, now }: Ground, caseId: string): Promise<unknown> =>
  db
    .updateTable('visit')
    .set({ heardAt: Math.floor(now()) })
    .where('case', '=', caseId)
    .where('endedAt', 'is', null)
    .execute();

/** Asks the person, through their edge, to let the machine do something. @throws WaysideError `conflict` when the technician is not there */
export async function ask(ground: Ground, caseId: string, me: Me, wish: { action: string; args: Record<string, Value> }): Promise<void> {
  await change(ground, async (here) => {
    const { edge, session } = await workOn(here, caseId, me);
    const visit = await going(here.tx, caseId);
    if (visit?.technician !== me.id) throw new WaysideError('conflict', 'Look at the machine live first; then you can ask for it.');
    await send(here, edge, 'wish', { visit: visit.id, session, by: me.name, ...wish, until: here.now + wishMs });
  });
  failpoint('hub.command.offered');
}

/** The visits of a case, newest first. */
export async function visitsOf(db: Db, caseId: string): Promise<VisitView[]> {
  const rows = await db
    .selectFrom('visit')
    .innerJoin('technician', 'technician.id', 'visit.technician')
    .select([
      'visit.id',
      'technician.id as technician',
      'technician.name',
      'visit.calledAt',
      'visit.until',
      'visit.beganAt',
      'visit.endedAt',
      'visit.why',
    ])
    .where('visit.case', '=', caseId)
    .orderBy('visit.calledAt', 'desc')
    .limit(20)
    .execute();
  return rows.map(({ why, ...row }) => ({ ...row, why: why as VisitEnd | null }));
}
