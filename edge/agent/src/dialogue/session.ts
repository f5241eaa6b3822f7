import { type Citation, redactTurn, type Turn } from '@wayside/contract';
import { type Locale, newId, WaysideError } from '@wayside/protocol';
import { later } from '@wayside/sqlite';
import type { Transcript } from '../api/types.ts';
import { commandsOf } from '../commands/keep.ts';
import { noteAgreement } from '../consent/agreement.ts';
import { latestHandoff } from '../escalation/handoffs.ts';
import { isGuest } from '../profiles/profile.ts';
import type { Db } from '../store/schema.ts';
import { enqueue, recordHere } from '../sync/outbox.ts';
import { newState, type SessionState, sessionState } from './state.ts';

export type Session = {
  id: string;
  channel: string;
  locale: Locale;
  person?: string;
  thing?: string;
  startedAt: number;
  state: SessionState;
  /** No word of it goes to the hub until a person is asked for. */
  onlyHere: boolean;
};

/** Opens a conversation. Whoever it is with and whatever about, it is one row from the first moment. */
export async function openSession(
  db: Db,
  ask: { channel: string; locale: Locale; person?: string; thing?: string; onlyHere?: boolean },
  now: number,
): Promise<Session> {
  const session: Session = {
    onlyHere: false,
    id: newId('s', now),
    startedAt: Math.floor(now),
    state: newState(ask.locale, ask.thing),
    ...ask,
  };
  await db.transaction().execute(async (tx) => {
    await later(
      tx,
      tx.insertInto('session').values({
        id: session.id,
        channel: session.channel,
        locale: session.locale,
        person: session.person ?? null,
        thing: session.thing ?? null,
        startedAt: session.startedAt,
        state: JSON.stringify(session.state),
        onlyHere: session.onlyHere ? 1 : 0,
      }),
    );
    if (!session.onlyHere) await tellOfSession(tx, session, now);
  });
  return session;
}

type Head = Pick<Session, 'id' | 'startedAt' | 'channel' | 'locale' | 'person' | 'thing'>;
const tellOfSession = (
  tx: Db,
  { id, startedAt, channel, locale, person, thing }: Head,
  now: number,
  talk: { talked?: true; used?: string[] } = {},
) =>
  enqueue(
    tx,
    'session',
    // A guest's id is nobody's, and stays here.
    {
      session: id,
      at: startedAt,
      channel,
      locale,
      ...(person && !isGuest(person) ? { person } : {}),
      ...(thing ? { thing } : {}),
      ...talk,
    },
    now,
  );

/**
 * Nobody in particular speaks: the hub counts that somebody did, with this machine, and which articles helped, and hears no word of it.
 * @param cited what the answer rests on
 */
export async function countTalk(tx: Db, session: Session, cited: readonly Citation[], now: number): Promise<void> {
  if (!session.onlyHere || session.person !== undefined) return;
  const used = [...new Set(cited.filter(({ kind }) => kind === 'article').map(({ ref }) => ref.split('#')[0] as string))];
  if (session.state.turns === 0 || used.length > 0)
    await tellOfSession(tx, session, now, { talked: true, ...(used.length > 0 ? { used: used.slice(0, 20) } : {}) });
}

/** A person was asked for: from here on the conversation goes to the hub too. What was said before is in the capsule. */
export async function letGo(tx: Db, session: Session, now: number): Promise<void> {
  if (!session.onlyHere) return;
  await tx.updateTable('session').set({ onlyHere: 0 }).where('id', '=', session.id).execute();
  await tellOfSession(tx, session, now);
}

/** The session of this id. Throws `not-found`. */
export async function findSession(db: Db, id: string): Promise<Session> {
  const row = await db.selectFrom('session').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row)
    throw new WaysideError('not-found', `There is no session ${id.slice(0, 80)} on this edge. Open a new one with POST /v1/sessions.`);
  return {
    id: row.id,
    channel: row.channel,
    locale: row.locale as Locale,
    startedAt: row.startedAt,
    state: sessionState.parse(JSON.parse(row.state)),
    onlyHere: row.onlyHere === 1,
    ...(row.person ? { person: row.person } : {}),
    ...(row.thing ? { thing: row.thing } : {}),
  };
}

/** What the person agrees to have kept and sent, from now on; what changes is recorded. @throws WaysideError `not-found` */
export async function agreeIn(
  db: Db,
  id: string,
  change: { mood?: boolean | undefined; contact?: boolean | undefined },
  now: number,
): Promise<SessionState['consents']> {
  const act = async (tx: Db) => {
    const { state } = await findSession(tx, id);
    const consents = { mood: change.mood ?? state.consents.mood, contact: change.contact ?? state.consents.contact };
    await tx
      .updateTable('session')
      .set({ state: JSON.stringify({ ...state, consents }) })
      .where('id', '=', id)
      .execute();
    for (const to of ['mood', 'contact'] as const)
      if (consents[to] !== state.consents[to]) await noteAgreement(tx, { to, given: consents[to] }, now, id);
    return consents;
  };
  return db.isTransaction ? act(db) : db.transaction().execute(act);
}

/** Whose a conversation is; undefined for nobody in particular, and for a conversation there is not. */
export async function speakerOf(db: Db, id: string): Promise<string | undefined> {
  return (await db.selectFrom('session').select('person').where('id', '=', id).executeTakeFirst())?.person ?? undefined;
}

/** Adds one line to a conversation, in the caller's transaction. False when this turn is already there. */
export async function addTurn(tx: Db, turn: Turn, answered: string | null = null): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await insertTurn(tx, turn, answered).executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

const insertTurn = (tx: Db, turn: Turn, answered: string | null) =>
  tx
    .insertInto('turn')
    .values({
      id: turn.id,
      session: turn.session,
      at: turn.at,
      by: turn.by,
      name: turn.name ?? null,
      text: turn.text,
      parts: turn.parts ? JSON.stringify(turn.parts) : null,
      intent: turn.intent ?? null,
      confidence: turn.confidence ?? null,
      rung: turn.rung ?? null,
      citations: JSON.stringify(turn.citations),
      measured: turn.measured ? JSON.stringify(turn.measured) : null,
      voice: turn.voice ? JSON.stringify(turn.voice) : null,
      answered,
    })
    .onConflict((c) => c.column('id').doNothing());

/** Adds one line and, unless the conversation is to stay here, its record for the hub; in the caller's transaction. */
export async function sayTurn(tx: Db, { onlyHere, state }: Pick<Session, 'onlyHere' | 'state'>, turn: Turn, now: number): Promise<void> {
  await later(tx, insertTurn(tx, turn, null));
  // What stays here is recorded as it was said; what leaves has no way to reach anybody in it unless they agreed.
  if (onlyHere) await recordHere(tx, 'turn', turn, now);
  else await enqueue(tx, 'turn', redactTurn(turn, state.consents), now);
}

/** The lines of a conversation, oldest first; the newest `limit`. */
export async function turnsOf(db: Db, session: string, limit = 500): Promise<Turn[]> {
  const rows = await db.selectFrom('turn').selectAll().where('session', '=', session).orderBy('position', 'desc').limit(limit).execute();
  return rows.reverse().map((row) => ({
    id: row.id,
    session: row.session,
    at: row.at,
    by: row.by as Turn['by'],
    text: row.text,
    citations: JSON.parse(row.citations) as Turn['citations'],
    ...(row.parts ? { parts: JSON.parse(row.parts) as NonNullable<Turn['parts']> } : {}),
    ...(row.name ? { name: row.name } : {}),
    ...(row.intent ? { intent: row.intent } : {}),
    ...(row.confidence === null ? {} : { confidence: row.confidence }),
    ...(row.measured ? { measured: JSON.parse(row.measured) as NonNullable<Turn['measured']> } : {}),
    ...(row.voice ? { voice: JSON.parse(row.voice) as NonNullable<Turn['voice']> } : {}),
    ...(row.rung ? { rung: row.rung as NonNullable<Turn['rung']> } : {}),
  }));
}

/** Conversations in which somebody has said something since then (epoch ms); the newest twenty. */
export async function talkingSince(db: Db, since: number): Promise<string[]> {
  const rows = await db
    .selectFrom('turn')
    .select('session')
    .select((e) => e.fn.max('at').as('last'))
    .where('by', '=', 'operator')
    .where('at', '>', Math.floor(since))
    .groupBy('session')
    .orderBy('last', 'desc')
    .limit(20)
    .execute();
  return rows.map(({ session }) => session);
}

/** What waits for a yes or a no in a conversation, and about which thing. */
export const waitingIn = ({ id, locale, thing, state }: Session) => ({
  session: id,
  locale,
  thing: state.thing ?? thing,
  waitsFor: state.pendingCommand ? ('command' as const) : state.pendingQuestion || state.pendingOffer ? ('question' as const) : undefined,
});

/** The whole conversation as the panel shows it. */
export async function transcriptOf(db: Db, id: string): Promise<Transcript> {
  const { state, onlyHere: _, id: session, ...head } = await findSession(db, id);
  const { consents } = state;
  return {
    session,
    ...head,
    consents,
    turns: await turnsOf(db, id),
    handoff: await latestHandoff(db, id),
    commands: await commandsOf(db, id),
  };
}
