import { announce } from '../hooks/announce.ts';
import { partsOf } from '../queue/merge.ts';
import type { Change } from '../store/change.ts';
import { send } from '../sync/envelopes.ts';
import type { CaseWithName } from './row.ts';
import { tallyResolved } from './tally.ts';

/** A resolved case is open again, with what was merged into it. Nobody waits yet: whoever reopened it is at work on it. */
export async function reopenCase(here: Change, { id, edge, mergedInto }: CaseWithName): Promise<void> {
  const { tx, now, tell } = here;
  const parts = await partsOf(here, id);
  await tx
    .updateTable('case')
    .set({ state: 'open', technician: null, waitingSince: null, updatedAt: now, resolvedAt: null, resolution: null, resolvedBy: null })
    .where(
      'id',
      'in',
      parts.map((part) => part.id),
    )
    .execute();
  if (mergedInto === null) await tallyResolved(tx, edge, -1);
  for (const part of parts) {
    await send(here, edge, 'case', { case: part.id, session: part.session, state: 'open', at: now });
    tell({ event: 'case', data: { case: part.id } });
  }
  await announce(here, 'opened', id);
}
