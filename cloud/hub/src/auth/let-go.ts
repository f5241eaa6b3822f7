import { type Change, change, type Ground } from '../store/change.ts';
import { endPlacesIn } from './places.ts';
import { anotherAdmin } from './roster.ts';
import { gone } from './technicians.ts';

/** Ends all they are signed in with, at once, and the links that were not used yet. */
export const endSessions = (ground: Ground, technician: string): Promise<void> =>
  change(ground, async (here) => {
    await endPlacesIn(here, technician);
    await here.tx.deleteFrom('signInLink').where('technician', '=', technician).execute();
  });

/** Somebody lost what they signed in with: nothing of it lets them in any more. A one-time link does, and they set up anew. */
export const resetAccount = (ground: Ground, technician: string): Promise<void> => change(ground, (here) => forgetWaysIn(here, technician));

/** They work here no more: nothing lets them in. @throws WaysideError `conflict` for the last admin of all */
export const leave = (ground: Ground, technician: string): Promise<void> =>
  change(ground, async (here) => {
    await anotherAdmin(here, technician);
    const row = await here.tx.selectFrom('technician').select('role').where('id', '=', technician).executeTakeFirst();
    // Twice is once: what they were stays what it was.
    if (row?.role === gone) return;
    await here.tx
      .updateTable('technician')
      .set({ role: gone, was: row?.role ?? null })
      .where('id', '=', technician)
      .execute();
    await forgetWaysIn(here, technician);
  });

async function forgetWaysIn(here: Change, technician: string): Promise<void> {
  for (const table of ['passkey', 'secondFactor', 'recoveryCode', 'signInLink'] as const)
    await here.tx.deleteFrom(table).where('technician', '=', technician).execute();
  await here.tx.updateTable('technician').set({ password: '' }).where('id', '=', technician).execute();
  await endPlacesIn(here, technician);
}
