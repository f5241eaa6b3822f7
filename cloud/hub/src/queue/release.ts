import type { Me } from '../api/types.ts';
import { type Change, change, type Ground } from '../store/change.ts';
import { send } from '../sync/envelopes.ts';
import { readOwn } from './claim.ts';
import { type Need, offerCase } from './offer.ts';

type Case = { id: string; edge: string; session: string; skill: string | null; locale: string; waitingSince: number | null };

/** Gives a case back to the queue, where it is offered to whom else it fits best. @throws WaysideError `not-found`, `conflict` */
export const releaseCase = (ground: Ground, id: string, me: Me, zone: string): Promise<void> =>
  change(ground, async (here) => {
    const row = await readOwn(here, id, me);
    await giveBack(here, row, { ...row, notTo: me.id }, zone);
  });

/** Whoever works here no more keeps no case: all they had in hand goes back to the queue. */
export const releaseAllOf = (ground: Ground, technician: string, zone: string): Promise<void> =>
  change(ground, async (here) => {
    const theirs = here.tx.selectFrom('case').select(['id', 'edge', 'session', 'skill', 'locale', 'waitingSince']);
    const rows = await theirs.where('technician', '=', technician).where('state', '=', 'claimed').where('mergedInto', 'is', null).execute();
    for (const row of rows) await giveBack(here, row, { ...row, notTo: technician }, zone);
  });

/** The case waits again, for whom it fits best of those it may go to. */
export async function giveBack(here: Change, { id, edge, session, waitingSince }: Case, need: Need, zone: string): Promise<void> {
  await here.tx
    .updateTable('case')
    .set({ state: 'open', technician: null, updatedAt: here.now, waitingSince: waitingSince ?? here.now })
    .where('id', '=', id)
    .execute();
  await here.tx.deleteFrom('helper').where('case', '=', id).execute();
  await offerCase(here, id, need, zone);
  await send(here, edge, 'case', { case: id, session, state: 'open', at: here.now });
  here.tell({ event: 'case', data: { case: id } });
}
