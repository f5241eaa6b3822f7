import { type HistoryPiece, historyPiece } from '@wayside/contract';
import type { Locale } from '@wayside/protocol';
import type { PastSession } from '../api/types.ts';
import type { Db } from '../store/schema.ts';

/** So many conversations are listed, and so many of other edges are kept for one person. */
export const mostSessions = 50;
/** Of one held elsewhere, so many lines are kept: the newest. */
export const mostTurns = 200;

/**
 * The conversations of a person, here and as far as they came from their other edges; the one in which people last spoke first: what a machine says by
 * itself, such as that a command was seen to work, makes an older one no newer.
 */
export async function pastOf(db: Db, person: string, thing?: string): Promise<PastSession[]> {
  const here = await db
    .selectFrom('session')
    .select(['id', 'startedAt', 'channel', 'locale', 'thing'])
    .select((e) => [
      e
        .selectFrom('turn')
        .select((s) => s.fn.max('turn.at').as('at'))
        .whereRef('turn.session', '=', 'session.id')
        .where('turn.by', '!=', 'agent')
        .as('lastAt'),
      e
        .selectFrom('turn')
        .select('turn.text')
        .whereRef('turn.session', '=', 'session.id')
        .where('turn.by', '=', 'operator')
        .orderBy('turn.position')
        .limit(1)
        .as('opening'),
    ])
    .where('person', '=', person)
    .$if(thing !== undefined, (q) => q.where('thing', '=', thing as string))
    .orderBy('startedAt', 'desc')
    .limit(mostSessions)
    .execute();
  const elsewhere = thing === undefined ? await piecesOf(db, person) : [];
  return [
    ...here.map(
      (row): PastSession => ({
        session: row.id,
        startedAt: row.startedAt,
        lastAt: row.lastAt ?? row.startedAt,
        channel: row.channel,
        locale: row.locale as Locale,
        opening: (row.opening ?? '').slice(0, 200),
        ...(row.thing ? { thing: row.thing } : {}),
      }),
    ),
    ...elsewhere.map(
      ({ session, startedAt, channel, locale, turns, edge, about }): PastSession => ({
        session,
        startedAt,
        lastAt: turns.findLast(({ by }) => by !== 'agent')?.at ?? startedAt,
        channel,
        locale,
        opening: (turns.find(({ by }) => by === 'operator')?.text ?? '').slice(0, 200),
        elsewhere: { edge, ...(about ? { about } : {}) },
      }),
    ),
  ]
    .sort((a, b) => b.lastAt - a.lastAt)
    .slice(0, mostSessions);
}

/** What came of this person from other edges. */
export async function piecesOf(db: Db, person: string): Promise<HistoryPiece[]> {
  const rows = await db.selectFrom('elsewhere').select('body').where('person', '=', person).orderBy('at', 'desc').execute();
  return rows.map(({ body }) => historyPiece.parse(JSON.parse(body)));
}

export async function pieceOf(db: Db, person: string, session: string): Promise<HistoryPiece | undefined> {
  const row = await db
    .selectFrom('elsewhere')
    .select('body')
    .where('person', '=', person)
    .where('session', '=', session)
    .executeTakeFirst();
  return row && historyPiece.parse(JSON.parse(row.body));
}

/** Joins what has come to what is there, in the transaction that brings it. The newest lines and the newest conversations are kept. */
export async function keepPiece(tx: Db, piece: HistoryPiece): Promise<void> {
  const known = await pieceOf(tx, piece.person, piece.session);
  const lines = new Map([...(known?.turns ?? []), ...piece.turns].map((turn) => [turn.id, turn]));
  const turns = [...lines.values()].sort((a, b) => a.at - b.at).slice(-mostTurns);
  const row = {
    person: piece.person,
    edge: piece.edge,
    at: turns.at(-1)?.at ?? piece.startedAt,
    body: JSON.stringify({ ...piece, turns }),
  };
  await tx
    .insertInto('elsewhere')
    .values({ session: piece.session, ...row })
    .onConflict((c) => c.column('session').doUpdateSet(row))
    .execute();
  const old = await tx
    .selectFrom('elsewhere')
    .select('session')
    .where('person', '=', piece.person)
    .orderBy('at', 'desc')
    .limit(1_000)
    .offset(mostSessions)
    .execute();
  if (old.length > 0)
    await tx
      .deleteFrom('elsewhere')
      .where(
        'session',
        'in',
        old.map(({ session }) => session),
      )
      .execute();
}

export async function forgetPieces(tx: Db, person: string, edge?: string): Promise<void> {
  await tx
    .deleteFrom('elsewhere')
    .where('person', '=', person)
    .$if(edge !== undefined, (q) => q.where('edge', '=', edge as string))
    .execute();
}
