import { WaysideError } from '@wayside/protocol';
import type { Me } from '../api/types.ts';
import { readCase } from '../cases/row.ts';
import { type Change, change, type Ground } from '../store/change.ts';
import { send } from '../sync/envelopes.ts';
import { claimCase } from './claim.ts';
import { takeNote } from './note.ts';

/**
 * Two cases turn out to be one: the other's conversations stand in this one from now on, a reply goes to all of them, and it is resolved with
 * this one. Only cases of the same edge: whoever asks elsewhere has trouble of their own, and a known issue joins those.
 * Merging again changes nothing.
 * @throws WaysideError `not-found`; `conflict` when either is resolved, another technician's, or of another edge; `invalid` into itself
 */
export function mergeCase(ground: Ground, id: string, into: string, me: Me): Promise<void> {
  if (id === into) throw new WaysideError('invalid', 'A case cannot be merged into itself.');
  return change(ground, async (here) => {
    const { tx, tell, now } = here;
    const from = await readCase(tx, id);
    if (from.mergedInto === into) return;
    const to = await readCase(tx, into);
    if (from.edge !== to.edge)
      throw new WaysideError('conflict', 'These cases are of two edges. Link both to a known issue instead; each keeps its conversation.');
    for (const one of [from, to]) {
      if (one.state === 'resolved') throw new WaysideError('conflict', `Case ${one.id} is resolved.`);
      if (one.mergedInto !== null) throw new WaysideError('conflict', `Case ${one.id} is already part of case ${one.mergedInto}.`);
      if (one.technician !== null && one.technician !== me.id)
        throw new WaysideError('conflict', `${one.technicianName} has case ${one.id}. Ask them.`);
    }
    await claimCase(here, into, me);
    await takeNote(here, id, me);
    await tx.updateTable('case').set({ mergedInto: into }).where('mergedInto', '=', id).execute();
    await tx
      .updateTable('case')
      .set({ state: 'claimed', technician: me.id, mergedInto: into, updatedAt: now, unread: 0 })
      .where('id', '=', id)
      .execute();
    await tx
      .updateTable('case')
      .set({
        unread: to.unread + from.unread,
        openedAt: Math.min(to.openedAt, from.openedAt),
        waitingSince: earlier(to.waitingSince, from.waitingSince),
        ...(from.urgency === 'urgent' ? { urgency: 'urgent' } : {}),
      })
      .where('id', '=', into)
      .execute();
    await send(here, from.edge, 'case', { case: id, session: from.session, state: 'claimed', by: me.name, at: now });
    for (const one of [id, into]) tell({ event: 'case', data: { case: one } });
  });
}

/**
 * They were two after all: the case stands by itself again, with its own conversation, in the same hands. What it counted into the other stays
 * there. Splitting again changes nothing.
 * @throws WaysideError `not-found`; `conflict` when the other is resolved or another technician's
 */
export function splitCase(ground: Ground, id: string, me: Me): Promise<void> {
  return change(ground, async (here) => {
    const { tx, tell, now } = here;
    const { mergedInto } = await readCase(tx, id);
    if (mergedInto === null) return;
    const from = await readCase(tx, mergedInto);
    if (from.state === 'resolved') throw new WaysideError('conflict', `Case ${from.id} is resolved, and this one with it.`);
    if (from.technician !== null && from.technician !== me.id)
      throw new WaysideError('conflict', `${from.technicianName} has case ${from.id}. Ask them.`);
    await tx
      .updateTable('case')
      .set({ mergedInto: null, state: 'claimed', technician: me.id, updatedAt: now })
      .where('id', '=', id)
      .execute();
    for (const one of [id, mergedInto]) tell({ event: 'case', data: { case: one } });
  });
}

const earlier = (a: number | null, b: number | null) => (a === null || b === null ? (a ?? b) : Math.min(a, b));

/** The cases that stand in this one, itself first: where its conversations are held. */
export async function partsOf({ tx }: Pick<Change, 'tx'>, id: string): Promise<{ id: string; session: string }[]> {
  return tx
    .selectFrom('case')
    .select(['id', 'session'])
    .where((e) => e.or([e('id', '=', id), e('mergedInto', '=', id)]))
    .orderBy((e) => e('id', '=', id), 'desc')
    .orderBy('openedAt')
    .execute();
}
