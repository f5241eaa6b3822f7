import { WaysideError } from '@wayside/protocol';
import type { Ground } from '../store/change.ts';
import type { Db } from '../store/schema.ts';
import { newPassword } from './password.ts';
import { hashOf } from './secret.ts';
import { stepOf } from './time-code.ts';
import type { Vault } from './vault.ts';

const codes = 8;
const plain = (code: string) => code.replaceAll(/[\s-]/g, '').toLowerCase();

/** Does signing in with a password take a code as well? */
export const hasSecondFactor = async (db: Db, technician: string): Promise<boolean> =>
  (await db.selectFrom('secondFactor').select('step').where('technician', '=', technician).executeTakeFirst()) !== undefined;

/** Takes a code of the app, or one of the recovery codes, once. */
export async function takeCode({ db, now }: Ground, vault: Vault, technician: string, code: string): Promise<boolean> {
  const factor = await db.selectFrom('secondFactor').selectAll().where('technician', '=', technician).executeTakeFirst();
  const secret = factor && vault.open(factor.secret, technician);
  const step = secret === undefined ? undefined : stepOf(secret, plain(code), factor?.step ?? 0, now());
  if (step !== undefined) {
    const taken = await db
      .updateTable('secondFactor')
      .set({ step })
      .where('technician', '=', technician)
      .where('step', '<', step)
      .executeTakeFirst();
    return taken.numUpdatedRows === 1n;
  }
  const spent = await db
    .deleteFrom('recoveryCode')
    .where('technician', '=', technician)
    .where('hash', '=', hashOf(plain(code)))
    .executeTakeFirst();
  return spent.numDeletedRows === 1n;
}

/**
 * Asks for a code at each sign-in from now on.
 * @param code of the app, which shows that it has the secret
 * @returns recovery codes, each good once in place of the app's: told this once
 */
export async function setSecondFactor(
  { db, now }: Ground,
  vault: Vault,
  technician: string,
  secret: string,
  code: string,
): Promise<string[]> {
  const step = stepOf(secret, plain(code), 0, now());
  if (step === undefined)
    throw new WaysideError('invalid', 'The code is not right. Is the clock of your phone? Type the one it shows now.');
  const recovery = Array.from({ length: codes }, () => newPassword(3));
  await db.transaction().execute(async (tx) => {
    await removeSecondFactor(tx, technician);
    await tx
      .insertInto('secondFactor')
      .values({ technician, secret: vault.close(secret, technician), step })
      .execute();
    await tx
      .insertInto('recoveryCode')
      .values(recovery.map((one) => ({ hash: hashOf(plain(one)), technician })))
      .execute();
  });
  return recovery;
}

export async function removeSecondFactor(db: Db, technician: string): Promise<void> {
  await db.deleteFrom('secondFactor').where('technician', '=', technician).execute();
  await db.deleteFrom('recoveryCode').where('technician', '=', technician).execute();
}

const ruleOf = (tenant: string) => `second-factor ${tenant}`;

/** Must somebody of this tenant show more than a password? What is required of all tenants is required of each. */
export async function isRequired(db: Db, tenant: string): Promise<boolean> {
  const row = await db
    .selectFrom('setting')
    .select('name')
    .where('name', 'in', [ruleOf('*'), ruleOf(tenant)])
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Requires a second factor of a tenant, or of all (`*`); from the next request on. */
export async function requireSecondFactor(ground: Ground, tenant: string, wanted: boolean, by: string): Promise<void> {
  const name = ruleOf(tenant);
  await ground.db.deleteFrom('setting').where('name', '=', name).execute();
  if (wanted)
    await ground.db
      .insertInto('setting')
      .values({ name, valueJson: 'true', by, updatedAt: Math.floor(ground.now()) })
      .execute();
}
