import { WaysideError } from '@wayside/protocol';
import { readCase } from '../cases/row.ts';
import { change, type Ground } from '../store/change.ts';

/** Says that a case belongs to a known issue, or to none. @throws WaysideError `not-found` for either; `conflict` for one that was taken back */
export function linkIssue(ground: Ground, id: string, issue: string | null): Promise<void> {
  return change(ground, async ({ tx, tell, now }) => {
    await readCase(tx, id);
    if (issue !== null) {
      const known = await tx.selectFrom('issue').select('state').where('id', '=', issue).executeTakeFirst();
      if (!known) throw new WaysideError('not-found', `There is no known issue ${issue}.`);
      if (known.state !== 'published') throw new WaysideError('conflict', `The known issue ${issue} was taken back.`);
    }
    await tx.updateTable('case').set({ issue, updatedAt: now }).where('id', '=', id).execute();
    tell({ event: 'case', data: { case: id } });
    if (issue !== null) tell({ event: 'issue', data: { issue } });
  });
}
