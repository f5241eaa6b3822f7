import { newId, WaysideError } from '@wayside/protocol';
import type { Selectable } from 'kysely';
import type { z } from 'zod';
import type { Me, newTechnician } from '../api/types.ts';
import type { Ground } from '../store/change.ts';
import type { Db, Schema } from '../store/schema.ts';
import { everybody } from './can.ts';
import { hashPassword, newPassword } from './password.ts';

/** Who has no password comes in by a link. */
type Fresh = Omit<z.output<typeof newTechnician>, 'password' | 'tenant'> & { password?: string };

/** @returns the new technician. @throws WaysideError `conflict` when the name is taken */
export async function addTechnician({ db, now, passwordWork }: Ground, fresh: Fresh, tenant: string): Promise<Me> {
  const password = fresh.password === undefined ? '' : await hashPassword(fresh.password, passwordWork);
  const at = Math.floor(now());
  const row = {
    id: newId('t', at),
    name: fresh.name.trim(),
    role: fresh.role,
    tenant,
    languagesJson: JSON.stringify(fresh.languages),
    password,
    createdAt: at,
  };
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('technician')
    .values(row)
    .onConflict((c) => c.doNothing())
    .executeTakeFirst();
  if (!numInsertedOrUpdatedRows)
    throw new WaysideError('conflict', `There is already a technician named ${row.name}. Choose another name.`);
  return meOf(row);
}

/** Whoever has left keeps their name on what they did, and nothing else. */
export const gone = 'gone';

export async function findTechnician(db: Db, id: string): Promise<Me | undefined> {
  const row = await db.selectFrom('technician').selectAll().where('id', '=', id).where('role', '!=', gone).executeTakeFirst();
  return row && meOf(row);
}

/** Makes the first admin when there is nobody yet. The password is in the answer and nowhere else. */
export async function ensureAdmin(ground: Ground): Promise<{ name: string; password: string } | undefined> {
  if (await ground.db.selectFrom('technician').select('id').limit(1).executeTakeFirst()) return undefined;
  const first = { name: 'admin', password: newPassword() };
  await addTechnician(ground, { ...first, role: 'admin', languages: ['en', 'zh'] }, everybody);
  return first;
}

/** The oldest admin: whom scripts act as. */
export async function firstAdmin(db: Db): Promise<Me> {
  const row = await db
    .selectFrom('technician')
    .selectAll()
    .where('role', '=', 'admin')
    .where('tenant', '=', everybody)
    .orderBy('createdAt')
    .orderBy('id')
    .executeTakeFirst();
  if (!row) throw new WaysideError('internal', 'The hub has no admin. Its store was changed from outside; restore it from a copy.');
  return meOf(row);
}

export function meOf(row: Omit<Selectable<Schema['technician']>, 'company' | 'was'>): Me {
  return {
    id: row.id,
    name: row.name,
    role: row.role as Me['role'],
    tenant: row.tenant,
    languages: JSON.parse(row.languagesJson) as Me['languages'],
  };
}
