import type { Turn } from '@wayside/contract';
import { announce } from '../hooks/announce.ts';
import { keepUses } from '../knowledge/uses.ts';
import type { Change } from '../store/change.ts';
import type { Db } from '../store/schema.ts';

/**
 * Adds a turn to what is known of its session, once.
 * @returns whether it is new
 */
export async function insertTurn(here: Change, edge: string, turn: Turn): Promise<boolean> {
  const { tx } = here;
  // The edge tells its copy of our replies as turns, too; ours is here already and knows how far it has come.
  if (turn.by === 'technician') {
    const ours = await tx
      .selectFrom('turn')
      .select('place')
      .where('edge', '=', edge)
      .where('session', '=', turn.session)
      .where('by', '=', 'technician')
      .where('text', '=', turn.text)
      .executeTakeFirst();
    if (ours) return false;
  }
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('turn')
    .values({ edge, session: turn.session, id: turn.id, by: turn.by, text: turn.text, turnJson: JSON.stringify(turn) } as never)
    .onConflict((c) => c.columns(['edge', 'session', 'id']).doNothing())
    .executeTakeFirst();
  if (!numInsertedOrUpdatedRows) return false;
  await keepUses(here, edge, turn);
  return true;
}

/** A turn told by an edge: part of its session's conversation, and of the case when there is one. */
export async function keepTurn(here: Change, edge: string, turn: Turn): Promise<void> {
  if (!(await insertTurn(here, edge, turn))) return;
  const latest = await here.tx
    .selectFrom('case')
    .select(['id', 'mergedInto'])
    .where('edge', '=', edge)
    .where('session', '=', turn.session)
    .orderBy('openedAt', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst();
  if (!latest) return;
  await heardIn(here, latest.mergedInto ?? latest.id, turn);
}

/** Somebody said something in a case: it changed, and whoever asks waits from now on. */
export async function heardIn(here: Change, id: string, turn: Turn): Promise<void> {
  const { tx, tell, now } = here;
  const latest = await tx
    .selectFrom('case')
    .select(['id', 'state', 'unread', 'waitingSince', 'glanceJson'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  // After the resolution the conversation may go on; only a new handoff asks for a technician again.
  const asks = turn.by === 'operator' && latest.state !== 'resolved';
  const looksOn = (JSON.parse(latest.glanceJson) as { attention?: string }).attention === 'looks-on';
  await tx
    .updateTable('case')
    .set({
      updatedAt: now,
      // Who writes wakes a sleeping case.
      ...(asks
        ? { unread: latest.unread + 1, waitingSince: looksOn ? null : (latest.waitingSince ?? now), snoozedUntil: null, snoozedWhy: null }
        : {}),
    })
    .where('id', '=', latest.id)
    .execute();
  if (asks) await announce(here, 'message', latest.id);
  tell({ event: 'case', data: { case: latest.id } });
}

/** A reply reached the person's screen. */
export async function markSeen({ tx, tell, now }: Change, edge: string, seen: { case: string; reply: string }): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('reply')
    .set({ seenAt: now })
    .where('id', '=', seen.reply)
    .where('seenAt', 'is', null)
    .where('case', 'in', (e) => e.selectFrom('case').select('case.id').where('case.id', '=', seen.case).where('case.edge', '=', edge))
    .executeTakeFirst();
  if (numUpdatedRows > 0n) tell({ event: 'case', data: { case: seen.case } });
}

/** The newest `most` lines of a conversation, oldest first. */
export async function newestTurns(db: Db, edge: string, session: string, most: number): Promise<Turn[]> {
  const rows = await db
    .selectFrom('turn')
    .select('turnJson')
    .where('edge', '=', edge)
    .where('session', '=', session)
    .orderBy('place', 'desc')
    .limit(most)
    .execute();
  return rows.reverse().map(({ turnJson }) => JSON.parse(turnJson) as Turn);
}
