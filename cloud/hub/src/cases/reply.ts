import type { Turn } from '@wayside/contract';
import { newId, WaysideError } from '@wayside/protocol';
import { failpoint } from '@wayside/sqlite';
import type { z } from 'zod';
import type { CaseView, Me, newReply } from '../api/types.ts';
import { announce } from '../hooks/announce.ts';
import { spread } from '../people/keep.ts';
import { workOn } from '../queue/claim.ts';
import { partsOf } from '../queue/merge.ts';
import { type Change, change, type Ground } from '../store/change.ts';
import { send } from '../sync/envelopes.ts';
import { type CaseWithName, readCase } from './row.ts';
import { deliveryOf } from './view.ts';

/**
 * Stores a technician's reply and its envelopes for the edge: one for each conversation that stands in the case. The first reply claims an
 * open case. The same reply id again is the same reply.
 * @throws WaysideError `not-found`; `conflict` when somebody else has the case or answered meanwhile, it is resolved, or the id was used for another reply
 */
export async function replyTo(
  ground: Ground,
  caseId: string,
  me: Me,
  fresh: z.output<typeof newReply>,
): Promise<CaseView['turns'][number]> {
  const { edge } = await readCase(ground.db, caseId);
  // All of a case is its edge's: a technician who writes keeps no other conversation waiting.
  const turn = await change(ground, (here) => reply(here, caseId, me, fresh), [edge]);
  failpoint('hub.reply.stored');
  return turn;
}

async function reply(here: Change, caseId: string, me: Me, fresh: z.output<typeof newReply>): Promise<CaseView['turns'][number]> {
  const { tx, now } = here;
  const id = fresh.id ?? newId('r', now);
  await here.alone(`reply ${id}`);
  const before = await tx.selectFrom('reply').selectAll().where('id', '=', id).executeTakeFirst();
  if (before) {
    if (before.case !== caseId || before.technician !== me.id || before.text !== fresh.text)
      throw new WaysideError('conflict', 'This reply id was already used for another reply. Send it with a new id.');
    const { edge, session } = await readCase(tx, caseId);
    const { downThrough } = await tx.selectFrom('edge').select('downThrough').where('id', '=', edge).executeTakeFirstOrThrow();
    return { ...turnOf({ id, session, at: before.at, me, text: before.text }), delivery: deliveryOf({ ...before, downThrough }) };
  }

  const row = await workOn(here, caseId, me);
  if (fresh.seen !== undefined) await nobodyElseSince(here, caseId, me, fresh.seen);
  return say(here, row, me, { id, text: fresh.text });
}

/** @throws WaysideError `conflict` when somebody else answered since the reply that was read, by its id */
async function nobodyElseSince({ tx }: Change, caseId: string, me: Me, seen: string | null): Promise<void> {
  const newer = await tx
    .selectFrom('reply')
    .innerJoin('technician', 'technician.id', 'reply.technician')
    .select('technician.name')
    .where('reply.case', '=', caseId)
    .where('reply.technician', '<>', me.id)
    .$if(seen !== null, (q) => q.where('reply.at', '>', (e) => e.selectFrom('reply as read').select('read.at').where('read.id', '=', seen)))
    .executeTakeFirst();
  if (newer) throw new WaysideError('conflict', `${newer.name} has answered meanwhile. Read it before you send.`);
}

/** Says it in each conversation that stands in the case, in a technician's name, once it is known that they may. The id is new. */
export async function say(
  here: Change,
  row: CaseWithName,
  me: Me,
  { id, text }: { id: string; text: string },
): Promise<CaseView['turns'][number]> {
  const { tx, tell, now } = here;
  const turn = turnOf({ id, session: row.session, at: now, me, text });
  const downSeqs: number[] = [];
  for (const [n, part] of (await partsOf(here, row.id)).entries())
    downSeqs.push(await sayIn(here, row.edge, part, { ...turn, session: part.session }, n === 0 ? id : `${id}-${n + 1}`, me));
  const downSeq = downSeqs[0] as number;
  await tx.insertInto('reply').values({ id, case: row.id, technician: me.id, text, at: now, downSeq, seenAt: null }).execute();
  await tx
    .updateTable('case')
    .set({ unread: 0, waitingSince: null, updatedAt: now, firstReplyAt: row.firstReplyAt ?? now })
    .where('id', '=', row.id)
    .execute();
  await announce(here, 'reply', row.id);
  tell({ event: 'case', data: { case: row.id } });
  failpoint('hub.reply.written');
  return { ...turn, delivery: 'stored' as const };
}

/**
 * Says it in one conversation. An edge knows a turn by its id alone, so each conversation gets one of its own.
 * @returns the number of the envelope
 */
async function sayIn(
  here: Change,
  edge: string,
  { id: caseId, session }: { id: string; session: string },
  turn: Turn,
  id: string,
  me: Me,
): Promise<number> {
  const placed = await here.tx
    .insertInto('turn')
    .values({ edge, session, id, by: 'technician', text: turn.text, turnJson: JSON.stringify(turn) } as never)
    .onConflict((c) => c.doNothing())
    .executeTakeFirst();
  if (!placed.numInsertedOrUpdatedRows)
    throw new WaysideError('conflict', 'This reply id is the id of another turn. Send it with a new id.');
  const seq = await send(here, edge, 'reply', { case: caseId, session, reply: id, at: here.now, by: me.name, text: turn.text });
  await spread(here, edge, session, [{ ...turn, id }]);
  return seq;
}

function turnOf(said: { id: string; session: string; at: number; me: Me; text: string }): Turn {
  const { id, session, at, me, text } = said;
  return { id, session, at, by: 'technician', name: me.name, text, rung: 'human', citations: [] };
}
