import { isOpen } from '../people/aging.ts';
import { eraseOne, eraseTold } from '../people/erase.ts';
import type { Change } from '../store/change.ts';
import { send } from '../sync/envelopes.ts';
import type { UpBody } from '../sync/read-record.ts';
import { raise } from './alarm.ts';

/** An edge does not sign for this hub's log any more, and says why; or it does again, since its operator said that the log was put back from a copy. */
export async function keepAlarm(here: Change, edge: string, alarm: UpBody<'alarm'>): Promise<void> {
  await raise(here, edge, 'restored' in alarm.seen ? 'restored' : 'distrust', alarm);
}

/**
 * What an edge erased goes here as well: the bodies it told, with their salts, and what was made of them. The entries stay, and commit to what nobody knows any
 * more. By age nothing goes that a case needs which is open here: it has its own time once it is over.
 */
export async function keepErasure(here: Change, edge: string, { erased, session, at, why, before }: UpBody<'erase'>): Promise<void> {
  if (why === 'age' && session !== undefined && (await isOpen(here.tx, edge, session))) return;
  const told = here.tx.selectFrom('recordEntry').select('id').where('edge', '=', edge).where('n', 'in', erased);
  if (why === 'age' && session !== undefined && before !== undefined) {
    const records = await here.tx
      .selectFrom('upRecord')
      .select(['epoch', 'seq', 'kind', 'bodyJson', 'receivedAt'])
      .where('edge', '=', edge)
      .where('id', 'in', told)
      .execute();
    if (records.length > 0) await eraseTold(here, edge, session, records);
    return;
  }
  await here.tx.updateTable('upRecord').set({ bodyJson: 'null', salt: null }).where('edge', '=', edge).where('id', 'in', told).execute();
  if (session === undefined) return;
  await eraseOne(here, edge, session, why ?? 'wish');
  // An old image of the edge, put back, comes to this in its stream and erases it again. What was too old is so there as well.
  if (why !== 'age') await send(here, edge, 'forget', { session, at });
}

/** Something an edge had kept is gone: it stands in its ledger. What a declared rule thins, or age takes, is no alarm; the rest is. */
export async function keepGap(here: Change, edge: string, gap: UpBody<'gap'>): Promise<void> {
  const { of, reason, from = null, to = null, count = null, detail = null } = gap;
  await here.tx.insertInto('edgeGap').values({ edge, at: here.now, of, reason, lostFrom: from, lostTo: to, count, detail }).execute();
  if (gap.reason === 'damage' || gap.reason === 'hub-lost') await raise(here, edge, 'loss', gap);
}
