import { eraseOne } from '../people/erase.ts';
import type { Change } from '../store/change.ts';
import { send } from '../sync/envelopes.ts';
import type { UpBody } from '../sync/read-record.ts';
import { raise } from './alarm.ts';

/** An edge does not sign for this hub's log any more, and says why; or it does again, since its operator said that the log was put back from a copy. */
export async function keepAlarm(here: Change, edge: string, alarm: UpBody<'alarm'>): Promise<void> {
  await raise(here, edge, 'restored' in alarm.seen ? 'restored' : 'distrust', alarm);
}

/** What an edge erased goes here as well: the bodies it told, with their salts, and what was made of them. The entries stay, and commit to what nobody knows any more. */
export async function eraseTold(here: Change, edge: string, { erased, session, at }: UpBody<'erase'>): Promise<void> {
  await here.tx
    .updateTable('upRecord')
    .set({ bodyJson: 'null', salt: null })
    .where('edge', '=', edge)
    .where('id', 'in', (e) => e.selectFrom('recordEntry').select('id').where('edge', '=', edge).where('n', 'in', erased))
    .execute();
  if (session !== undefined) await eraseOne(here, edge, session);
  // An old image of the edge, put back, comes to this in its stream and erases it again.
  if (session !== undefined) await send(here, edge, 'forget', { session, at });
}

/** Something an edge had kept is gone: it stands in its ledger. What a declared rule thins, or age takes, is no alarm; the rest is. */
export async function keepGap(here: Change, edge: string, gap: UpBody<'gap'>): Promise<void> {
  const { of, reason, from = null, to = null, count = null, detail = null } = gap;
  await here.tx.insertInto('edgeGap').values({ edge, at: here.now, of, reason, lostFrom: from, lostTo: to, count, detail }).execute();
  if (gap.reason === 'damage' || gap.reason === 'hub-lost') await raise(here, edge, 'loss', gap);
}
