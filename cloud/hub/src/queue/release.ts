import type { Me } from '../api/types.ts';
import { change, type Ground } from '../store/change.ts';
import { send } from '../sync/envelopes.ts';
import { readOwn } from './claim.ts';
import { offerCase } from './offer.ts';

/** Gives a case back to the queue, where it is offered to whom it fits best. @throws WaysideError `not-found`, `conflict` */
export function releaseCase(ground: Ground, id: string, me: Me, zone: string): Promise<void> {
  return change(ground, async (here) => {
    const { edge, session, skill, locale, waitingSince } = await readOwn(here, id, me);
    await here.tx
      .updateTable('case')
      .set({ state: 'open', technician: null, updatedAt: here.now, waitingSince: waitingSince ?? here.now })
      .where('id', '=', id)
      .execute();
    await here.tx.deleteFrom('helper').where('case', '=', id).execute();
    await offerCase(here, id, { skill, locale }, zone);
    await send(here, edge, 'case', { case: id, session, state: 'open', at: here.now });
    here.tell({ event: 'case', data: { case: id } });
  });
}
