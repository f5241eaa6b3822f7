import { WaysideError } from '@wayside/protocol';
import type { Me } from '../api/types.ts';
import { readCase } from '../cases/row.ts';
import { change, type Ground } from '../store/change.ts';

const longest = 90 * 86_400_000;

/**
 * Puts a case out of sight until a moment, or until the person writes or it becomes more urgent. Its clocks rest meanwhile.
 * @throws WaysideError `not-found`; `invalid` for a moment that is past or more than 90 days away; `conflict` when it is another technician's
 */
export function snoozeCase(ground: Ground, id: string, me: Me, { until, why }: { until: number; why: string }): Promise<void> {
  return change(ground, async ({ tx, tell, now }) => {
    if (until <= now || until > now + longest)
      throw new WaysideError('invalid', 'A case can sleep until a moment within the next 90 days. Choose one.');
    await mayTouch(await readCase(tx, id), me);
    await tx.updateTable('case').set({ snoozedUntil: until, snoozedWhy: why, updatedAt: now }).where('id', '=', id).execute();
    tell({ event: 'case', data: { case: id } });
  });
}

/** Takes it up again before its time. Waking what is awake changes nothing. @throws WaysideError `not-found`, `conflict` */
export function wakeCase(ground: Ground, id: string, me: Me): Promise<void> {
  return change(ground, async ({ tx, tell, now }) => {
    await mayTouch(await readCase(tx, id), me);
    await tx.updateTable('case').set({ snoozedUntil: null, snoozedWhy: null, updatedAt: now }).where('id', '=', id).execute();
    tell({ event: 'case', data: { case: id } });
  });
}

async function mayTouch(row: Awaited<ReturnType<typeof readCase>>, me: Me): Promise<void> {
  if (row.state === 'resolved' || row.mergedInto !== null) throw new WaysideError('conflict', 'The case is closed.');
  if (row.technician !== null && row.technician !== me.id)
    throw new WaysideError('conflict', `${row.technicianName} has this case. Ask them.`);
}
