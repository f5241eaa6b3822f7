import { WaysideError } from '@wayside/protocol';
import type { Me } from '../api/types.ts';
import type { Change } from '../store/change.ts';
import { send } from '../sync/envelopes.ts';
import { type CaseWithName, readCase } from './row.ts';

/**
 * Takes a case for a technician; taking one's own again changes nothing.
 * @throws WaysideError `not-found`; `conflict` when somebody else has it or it is resolved
 */
export async function claimCase(here: Change, id: string, me: Me): Promise<CaseWithName> {
  const row = await readCase(here.tx, id);
  if (row.state === 'resolved') throw new WaysideError('conflict', 'The case is resolved. If the person asks again, a new case opens.');
  if (row.state === 'claimed') {
    if (row.technician === me.id) return row;
    throw new WaysideError('conflict', `${row.technicianName ?? 'Another technician'} has this case. Ask them before you step in.`);
  }
  const claimed = { state: 'claimed', technician: me.id, updatedAt: here.now };
  await here.tx.updateTable('case').set(claimed).where('id', '=', id).execute();
  await send(here, row.edge, 'case', { case: id, session: row.session, state: 'claimed', by: me.name, at: here.now });
  here.tell({ event: 'case', data: { case: id } });
  return { ...row, ...claimed, technicianName: me.name };
}
