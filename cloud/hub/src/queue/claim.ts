import { WaysideError } from '@wayside/protocol';
import type { Me } from '../api/types.ts';
import { type CaseWithName, readCase } from '../cases/row.ts';
import { announce } from '../hooks/announce.ts';
import type { Change } from '../store/change.ts';
import { send } from '../sync/envelopes.ts';
import { takeNote } from './note.ts';

/**
 * Takes a case for a technician; taking one's own again changes nothing. The update itself looks whether it is still free, so that of any
 * number who try at once, at one hub or at several, one has it.
 * @throws WaysideError `not-found`; `conflict` when somebody else has it, it is resolved, was found to be the same as another, or has a note they have not read
 */
export async function claimCase(here: Change, id: string, me: Me): Promise<CaseWithName> {
  const claimed = { state: 'claimed', technician: me.id, updatedAt: here.now, offeredTo: null, offeredUntil: null };
  const { numUpdatedRows } = await here.tx
    .updateTable('case')
    .set({ ...claimed, snoozedUntil: null, snoozedWhy: null })
    .where('id', '=', id)
    .where('state', '=', 'open')
    .where('technician', 'is', null)
    .where('mergedInto', 'is', null)
    .executeTakeFirst();
  const row = await readCase(here.tx, id);
  if (numUpdatedRows === 0n) {
    if (row.mergedInto !== null) throw new WaysideError('conflict', `This case is part of case ${row.mergedInto} now. Go on there.`);
    if (row.state === 'resolved') throw new WaysideError('conflict', 'The case is resolved. If the person asks again, a new case opens.');
    if (row.technician === me.id) return row;
    throw new WaysideError('conflict', `${row.technicianName ?? 'Another technician'} has this case. Ask them before you step in.`);
  }
  await takeNote(here, id, me);
  await send(here, row.edge, 'case', { case: id, session: row.session, state: 'claimed', by: me.name, at: here.now });
  await announce(here, 'claimed', id);
  here.tell({ event: 'case', data: { case: id } });
  return row;
}

/** The case, for who may write in it: it is theirs, they were asked in, or it is free and becomes theirs. @throws as `claimCase` */
export async function workOn(here: Change, id: string, me: Me): Promise<CaseWithName> {
  const row = await readCase(here.tx, id);
  if (row.state === 'claimed' && row.technician !== me.id && (await isHelper(here, id, me.id))) return row;
  return claimCase(here, id, me);
}

async function isHelper({ tx }: Change, id: string, technician: string): Promise<boolean> {
  const row = await tx.selectFrom('helper').select('since').where('case', '=', id).where('technician', '=', technician).executeTakeFirst();
  return row !== undefined;
}

/** @throws WaysideError `not-found`; `conflict` unless the case is this technician's own */
export async function readOwn(here: Change, id: string, me: Me): Promise<CaseWithName> {
  const row = await readCase(here.tx, id);
  if (row.state === 'resolved') throw new WaysideError('conflict', 'The case is resolved.');
  if (row.technician === me.id) return row;
  throw new WaysideError('conflict', row.technicianName ? `${row.technicianName} has this case. Ask them.` : 'Claim the case first.');
}
