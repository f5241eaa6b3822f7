import { newId, WaysideError } from '@wayside/protocol';
import type { z } from 'zod';
import type { Briefing, newBriefing } from '../api/queue-types.ts';
import type { Me } from '../api/types.ts';
import { everybody } from '../auth/can.ts';
import { tenantOf } from '../auth/tenants.ts';
import { readCase } from '../cases/row.ts';
import { announce } from '../hooks/announce.ts';
import { type Change, change, type Ground } from '../store/change.ts';
import type { Db } from '../store/schema.ts';
import { send } from '../sync/envelopes.ts';
import { readOwn } from './claim.ts';
import { listColleagues } from './duty.ts';

/**
 * Asks a colleague to come into a case, or to take it over. Until they have read the briefing and agreed, it stays where it is: the person is
 * never between two technicians.
 * @throws WaysideError `not-found`; `conflict` when the case is not one's own, or this colleague is asked already; `invalid` to oneself
 */
export function briefColleague(ground: Ground, id: string, me: Me, fresh: z.output<typeof newBriefing>): Promise<Briefing> {
  return change(ground, async (here) => {
    const { tx, tell, now } = here;
    await readOwn(here, id, me);
    if (fresh.to === me.id) throw new WaysideError('invalid', 'You have this case. Ask somebody else.');
    const colleagues = await listColleagues(tx, (await tenantOf(tx, 'case', id)) ?? everybody, 'UTC', now);
    if (!colleagues.some((each) => each.id === fresh.to)) throw new WaysideError('not-found', 'There is no such technician.');
    const waits = await tx
      .selectFrom('briefing')
      .select('id')
      .where('case', '=', id)
      .where('toTechnician', '=', fresh.to)
      .where('answer', 'is', null)
      .executeTakeFirst();
    if (waits) throw new WaysideError('conflict', 'You have already asked them. Take it back to ask in other words.');
    const briefing = newId('b', now);
    await tx
      .insertInto('briefing')
      .values({
        id: briefing,
        case: id,
        fromTechnician: me.id,
        toTechnician: fresh.to,
        wants: fresh.wants,
        text: fresh.text,
        at: now,
      } as never)
      .execute();
    await announce(here, 'handed-on', id, { to: [fresh.to], wants: fresh.wants });
    tell({ event: 'case', data: { case: id } });
    return readBriefing(tx, briefing);
  });
}

/** The briefing is before their eyes. @throws WaysideError `not-found` unless it is for this technician */
export function seeBriefing(ground: Ground, id: string, me: Me): Promise<Briefing> {
  return change(ground, async ({ tx, tell, now }) => {
    const briefing = await readFor(tx, id, me);
    await tx.updateTable('briefing').set({ seenAt: now }).where('id', '=', id).where('seenAt', 'is', null).execute();
    tell({ event: 'case', data: { case: briefing.case } });
    return readBriefing(tx, id);
  });
}

/**
 * Comes in, or does not. Only who has seen the briefing can come in; the case is taken over only from who asked.
 * @throws WaysideError `not-found`; `conflict` when it was not seen, was answered otherwise, or the case went elsewhere meanwhile
 */
export function answerBriefing(ground: Ground, id: string, me: Me, answer: 'accepted' | 'declined'): Promise<Briefing> {
  return change(ground, async (here) => {
    const { tx, tell } = here;
    const briefing = await readFor(tx, id, me);
    if (briefing.answer === answer) return briefing;
    if (briefing.answer !== null) throw new WaysideError('conflict', 'This was answered or taken back already.');
    if (answer === 'accepted' && briefing.seenAt === null)
      throw new WaysideError('conflict', 'Read the briefing first; then you can come in.');
    if (answer === 'accepted') await (briefing.wants === 'help' ? comeIn : takeOver)(here, briefing, me);
    await close(here, id, answer);
    tell({ event: 'case', data: { case: briefing.case } });
    return readBriefing(tx, id);
  });
}

/** Who asked no longer does. @throws WaysideError `not-found`; `conflict` when it is answered */
export function withdrawBriefing(ground: Ground, id: string, me: Me): Promise<Briefing> {
  return change(ground, async (here) => {
    const briefing = await readBriefing(here.tx, id);
    if (briefing.from.id !== me.id) throw new WaysideError('not-found', 'You have not asked this.');
    if (briefing.answer === 'withdrawn') return briefing;
    if (briefing.answer !== null) throw new WaysideError('conflict', `${briefing.to.name} has answered already.`);
    await close(here, id, 'withdrawn');
    here.tell({ event: 'case', data: { case: briefing.case } });
    return readBriefing(here.tx, id);
  });
}

async function comeIn({ tx, now }: Change, { case: id, from }: Briefing, me: Me): Promise<void> {
  await stillTheirs(tx, id, from);
  await tx
    .insertInto('helper')
    .values({ case: id, technician: me.id, since: now })
    .onConflict((c) => c.doNothing())
    .execute();
}

async function takeOver(here: Change, { case: id, from }: Briefing, me: Me): Promise<void> {
  const { tx, now } = here;
  const row = await stillTheirs(tx, id, from);
  await tx
    .updateTable('case')
    .set({ technician: me.id, updatedAt: now })
    .where((e) => e.or([e('id', '=', id), e('mergedInto', '=', id)]))
    .where('technician', '=', from.id)
    .execute();
  await tx.deleteFrom('helper').where('case', '=', id).where('technician', '=', me.id).execute();
  await send(here, row.edge, 'case', { case: id, session: row.session, state: 'claimed', by: me.name, at: now });
}

async function stillTheirs(tx: Db, id: string, from: Briefing['from']) {
  const row = await readCase(tx, id);
  if (row.state !== 'claimed' || row.technician !== from.id) throw new WaysideError('conflict', `${from.name} no longer has this case.`);
  return row;
}

async function close({ tx, now }: Change, id: string, answer: string): Promise<void> {
  await tx.updateTable('briefing').set({ answer, answeredAt: now }).where('id', '=', id).where('answer', 'is', null).execute();
}

const select = (db: Db) =>
  db
    .selectFrom('briefing')
    .innerJoin('technician as giver', 'giver.id', 'briefing.fromTechnician')
    .innerJoin('technician as taker', 'taker.id', 'briefing.toTechnician')
    .selectAll('briefing')
    .select(['giver.name as fromName', 'taker.name as toName']);

type Row = Awaited<ReturnType<ReturnType<typeof select>['executeTakeFirstOrThrow']>>;
const briefingOf = (row: Row): Briefing => ({
  id: row.id,
  case: row.case,
  from: { id: row.fromTechnician, name: row.fromName },
  to: { id: row.toTechnician, name: row.toName },
  wants: row.wants as Briefing['wants'],
  text: row.text,
  at: row.at,
  seenAt: row.seenAt,
  answer: row.answer as Briefing['answer'],
});

/** Of a case, oldest first. */
export const briefingsOf = async (db: Db, id: string): Promise<Briefing[]> =>
  (await select(db).where('briefing.case', '=', id).orderBy('briefing.at').limit(100).execute()).map(briefingOf);

async function readBriefing(db: Db, id: string): Promise<Briefing> {
  const row = await select(db).where('briefing.id', '=', id).executeTakeFirst();
  if (!row) throw new WaysideError('not-found', 'There is no such briefing.');
  return briefingOf(row);
}

async function readFor(db: Db, id: string, me: Me): Promise<Briefing> {
  const briefing = await readBriefing(db, id);
  if (briefing.to.id !== me.id) throw new WaysideError('not-found', 'This briefing is for somebody else.');
  return briefing;
}
