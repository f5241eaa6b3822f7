import { type Handoff, redactTurn } from '@wayside/contract';
import { WaysideError } from '@wayside/protocol';
import type { z } from 'zod';
import type { CustomerView, customerConsents, newMessage } from '../api/customer-types.ts';
import { readHandoff } from '../cases/row.ts';
import { heardIn, insertTurn, newestTurns } from '../cases/turns.ts';
import { announce } from '../hooks/announce.ts';
import { type Change, change, type Ground } from '../store/change.ts';
import type { Db } from '../store/schema.ts';
import { send } from '../sync/envelopes.ts';
import type { UpBody } from '../sync/read-record.ts';

const mostTurns = 200;
const noConsents = { mood: false, contact: false };

const consentsOf = ({ consentsJson }: { consentsJson: string | null }, { consents }: Pick<Handoff, 'consents'>) => ({
  ...noConsents,
  ...consents,
  ...(JSON.parse(consentsJson ?? '{}') as Partial<typeof noConsents>),
});

/** A case as the person sees it whose it is: how far it is, what was said with them, what they agreed to. Nothing of other cases or of the desk. */
export async function viewForCustomer(db: Db, caseId: string): Promise<CustomerView> {
  const row = await readOwn(db, caseId);
  // One that was found to be the same as another is answered there.
  const at = row.mergedInto === null ? row : await readOwn(db, row.mergedInto);
  const [handoff, turns] = await Promise.all([readHandoff(db, caseId), turnsOf(db, row)]);
  return {
    state: at.state === 'resolved' ? 'resolved' : at.technician === null ? 'waiting' : 'helped',
    title: JSON.parse(row.titleJson),
    ...(handoff.thing ? { thing: handoff.thing.titles ?? { en: handoff.thing.title, zh: handoff.thing.title } } : {}),
    ...(at.name === null ? {} : { technician: at.name }),
    locale: handoff.locale,
    openedAt: row.openedAt,
    replyDue: at.firstReplyAt === null && at.state !== 'resolved' ? at.replyDue : null,
    turns,
    resolution: at.state === 'resolved' ? at.resolution : null,
    consents: consentsOf(row, handoff),
    satisfaction: row.satisfaction as CustomerView['satisfaction'],
  };
}

/**
 * What the person writes on their phone: heard at the desk at once, and said in the conversation at the machine. The same id again is the same message. Ways to
 * reach them are left out until they agree, as at the machine.
 */
export const sayOnPhone = (ground: Ground, caseId: string, { id, text }: z.output<typeof newMessage>): Promise<void> =>
  change(ground, async (here) => {
    const row = await readOwn(here.tx, caseId);
    const turn = redactTurn(
      { id, session: row.session, at: here.now, by: 'operator', text, citations: [] },
      consentsOf(row, await readHandoff(here.tx, caseId)),
    );
    if (!(await insertTurn(here, row.edge, turn))) return;
    await heardIn(here, row.mergedInto ?? caseId, turn);
    await send(here, row.edge, 'said', turn);
  });

/** One tap when it is over. It can be changed, and says nothing of who helped. @throws WaysideError `conflict` before it is resolved */
export const rate = (ground: Ground, caseId: string, satisfaction: 'good' | 'bad'): Promise<void> =>
  change(ground, async (here) => {
    const { edge, session, state } = await readOwn(here.tx, caseId);
    if (state !== 'resolved') throw new WaysideError('conflict', 'It is not over yet. Say how it was when it is.');
    await keepSatisfaction(here, caseId, satisfaction);
    // The panel asks no more.
    await send(here, edge, 'case', { case: caseId, session, state, rated: true, at: here.now });
  });

/** The same tap, made at the machine. */
export async function keepRated(here: Change, edge: string, rated: UpBody<'rated'>): Promise<string | undefined> {
  const row = await here.tx.selectFrom('case').select('state').where('id', '=', rated.case).where('edge', '=', edge).executeTakeFirst();
  if (row?.state !== 'resolved') return 'it is of a case that is not over, or not of this edge';
  await keepSatisfaction(here, rated.case, rated.satisfaction);
  return undefined;
}

async function keepSatisfaction(here: Change, caseId: string, satisfaction: 'good' | 'bad'): Promise<void> {
  await here.tx.updateTable('case').set({ satisfaction, satisfiedAt: here.now }).where('id', '=', caseId).execute();
  await announce(here, 'rated', caseId);
  here.tell({ event: 'case', data: { case: caseId } });
}

/** What the person agrees to, from now on; the edge keeps to it. */
export const agree = (ground: Ground, caseId: string, consents: z.output<typeof customerConsents>): Promise<void> =>
  change(ground, async (here) => {
    const row = await readOwn(here.tx, caseId);
    const all = { ...JSON.parse(row.consentsJson ?? '{}'), ...consents };
    await here.tx
      .updateTable('case')
      .set({ consentsJson: JSON.stringify(all) })
      .where('id', '=', caseId)
      .execute();
    await send(here, row.edge, 'agreed', { session: row.session, ...consents });
  });

type Own = Awaited<ReturnType<typeof readOwn>>;

const readOwn = (db: Db | Change['tx'], caseId: string) =>
  db
    .selectFrom('case')
    .leftJoin('technician', 'technician.id', 'case.technician')
    .select([
      'case.edge',
      'case.session',
      'case.state',
      'case.technician',
      'technician.name',
      'case.titleJson',
      'case.openedAt',
      'case.firstReplyAt',
      'case.replyDue',
      'case.resolution',
      'case.mergedInto',
      'case.satisfaction',
      'case.consentsJson',
    ])
    .where('case.id', '=', caseId)
    .executeTakeFirstOrThrow();

async function turnsOf(db: Db, { edge, session }: Own): Promise<CustomerView['turns']> {
  const turns = await newestTurns(db, edge, session, mostTurns);
  return turns.map(({ id, at, by, name, text, parts }) => ({
    id,
    at,
    by,
    text,
    ...(name === undefined ? {} : { name }),
    ...(parts === undefined ? {} : { parts }),
  }));
}
