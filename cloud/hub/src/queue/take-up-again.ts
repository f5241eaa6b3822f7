import { WaysideError } from '@wayside/protocol';
import type { Me } from '../api/types.ts';
import { reopenCase } from '../cases/reopen.ts';
import { readCase } from '../cases/row.ts';
import { change, type Ground } from '../store/change.ts';
import { claimCase } from './claim.ts';

/**
 * What was resolved too early goes on, in the hands of who says so; the person is told at the machine. Twice changes nothing.
 * @throws WaysideError `not-found`; `conflict` when it is not resolved, or part of another case
 */
export function takeUpAgain(ground: Ground, id: string, me: Me): Promise<void> {
  return change(ground, async (here) => {
    const row = await readCase(here.tx, id);
    if (row.mergedInto !== null) throw new WaysideError('conflict', `This case is part of case ${row.mergedInto} now. Reopen that one.`);
    if (row.state === 'claimed' && row.technician === me.id) return;
    if (row.state !== 'resolved') throw new WaysideError('conflict', 'The case is not resolved.');
    await reopenCase(here, row);
    await claimCase(here, id, me);
  });
}
