import { WaysideError } from '@wayside/protocol';
import type { z } from 'zod';
import type { Duty } from '../api/queue-types.ts';
import type { TechnicianRow, technicianChange } from '../api/technician-types.ts';
import type { Me } from '../api/types.ts';
import { readDuty, writeDuty } from '../queue/duty.ts';
import { type Change, change, type Ground } from '../store/change.ts';
import { everybody } from './can.ts';
import { gone, meOf } from './technicians.ts';

/** Those of a tenant, of all when it is `*`, by name; those who are let in no more, too, as what they were. */
export async function listRoster({ db, now }: Ground, tenant: string, zone: string): Promise<TechnicianRow[]> {
  const rows = await db
    .selectFrom('technician')
    .selectAll()
    .select((e) => [
      e
        .selectFrom('signedIn')
        .select((s) => s.fn.countAll<number>().as('n'))
        .whereRef('signedIn.technician', '=', 'technician.id')
        .where('expiresAt', '>', now())
        .as('places'),
      e
        .selectFrom('signedIn')
        .select((s) => s.fn.max('seenAt').as('at'))
        .whereRef('signedIn.technician', '=', 'technician.id')
        .as('seenAt'),
    ])
    .where((e) => e.or([e('role', '!=', gone), e('was', 'is not', null)]))
    .$if(tenant !== everybody, (q) => q.where('tenant', '=', tenant))
    .orderBy('name')
    .execute();
  return Promise.all(
    rows.map(async (row) => {
      const me = meOf({ ...row, role: row.was !== null && row.role === gone ? row.was : row.role });
      const duty = await readDuty(db, me, zone);
      const seenAt = row.seenAt === null ? null : Number(row.seenAt);
      return { ...me, duty, disabled: row.role === gone, places: Number(row.places ?? 0), seenAt };
    }),
  );
}

/**
 * Another role, and what they take on.
 * @throws WaysideError `not-found`; `conflict` when it is one's own role, or the last admin's of all
 */
export const changeTechnician = (ground: Ground, id: string, by: Me, wanted: z.output<typeof technicianChange>): Promise<void> =>
  change(ground, async (here) => {
    const row = await here.tx.selectFrom('technician').selectAll().where('id', '=', id).where('role', '!=', gone).executeTakeFirst();
    if (!row) throw new WaysideError('not-found', 'There is no such technician, or they are let in no more.');
    if (row.role !== wanted.role) {
      if (id === by.id) throw new WaysideError('conflict', 'Nobody changes their own role. Ask another admin.');
      if (row.role === 'admin') await anotherAdmin(here, id);
    }
    const { languages } = wanted.duty;
    const values = { role: wanted.role, languagesJson: JSON.stringify(languages) };
    await here.tx.updateTable('technician').set(values).where('id', '=', id).execute();
    await writeDuty(here, id, wanted.duty satisfies Duty);
  });

/** Lets somebody in again, as what they were; how they sign in they set up anew. @throws WaysideError `not-found` */
export const letInAgain = (ground: Ground, id: string): Promise<void> =>
  change(ground, async ({ tx }) => {
    const row = await tx.selectFrom('technician').select('was').where('id', '=', id).where('role', '=', gone).executeTakeFirst();
    if (!row?.was) throw new WaysideError('not-found', 'There is nobody by this id who was let in no more.');
    await tx.updateTable('technician').set({ role: row.was, was: null }).where('id', '=', id).execute();
  });

/** @throws WaysideError `conflict` for the last admin of all */
export async function anotherAdmin({ tx }: Change, id: string): Promise<void> {
  const others = await tx
    .selectFrom('technician')
    .select('id')
    .where('role', '=', 'admin')
    .where('tenant', '=', everybody)
    .where('id', '!=', id)
    .limit(1)
    .executeTakeFirst();
  if (!others) throw new WaysideError('conflict', 'This is the last admin of this hub. Make another one first.');
}
