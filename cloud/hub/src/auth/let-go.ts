import { WaysideError } from '@wayside/protocol';
import { type Change, change, type Ground } from '../store/change.ts';
import { everybody } from './can.ts';
import { endPlacesIn } from './places.ts';
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
    const others = await here.tx
      .selectFrom('technician')
      .select('id')
      .where('role', '=', 'admin')
      .where('tenant', '=', everybody)
      .where('id', '!=', technician)
      .limit(1)
      .executeTakeFirst();
    if (!others) throw new WaysideError('conflict', 'This is the last admin of this hub. Make another one first.');
    await here.tx.updateTable('technician').set({ role: gone }).where('id', '=', technician).execute();
    await forgetWaysIn(here, technician);
  });

async function forgetWaysIn(here: Change, technician: string): Promise<void> {
  for (const table of ['passkey', 'secondFactor', 'recoveryCode', 'signInLink'] as const)
    await here.tx.deleteFrom(table).where('technician', '=', technician).execute();
  await here.tx.updateTable('technician').set({ password: '' }).where('id', '=', technician).execute();
  await endPlacesIn(here, technician);
}
