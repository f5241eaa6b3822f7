import { join } from 'node:path';
import type { Vault } from '../auth/vault.ts';
import type { Db } from '../store/schema.ts';
import { keyFrom, readPem, type UpdateKey } from './keys.ts';

/** Where a hub's keys for updates lie: in its folder, and closed in the store for the other hubs that share it. */
export type KeyRing = { folder: string; vault: Vault };
export type KeyName = 'root' | 'targets' | 'online';

/** In the folder: `online.pem` always, the others until an operator takes them away. */
export const keyFile = ({ folder }: KeyRing, name: KeyName): string => join(folder, `${name}.pem`);

/**
 * The key of a role, where a hub on this store has it and the root names it. One in the folder is put into the store as well, so that any of the hubs
 * signs; one that the root names no more goes from there.
 */
export async function heldFor(tx: Db, ring: KeyRing, name: KeyName, named: readonly { keyID: string }[]): Promise<UpdateKey | undefined> {
  const isNamed = (one: UpdateKey | undefined) => one !== undefined && named.some(({ keyID }) => keyID === one.key.keyID);
  const row = await tx.selectFrom('updateKey').select('secret').where('name', '=', name).executeTakeFirst();
  const opened = row && ring.vault.open(row.secret, name);
  const shared = opened === undefined ? undefined : keyFrom(opened, `${name} of updates in the store`);
  if (isNamed(shared)) return shared;
  if (row) await tx.deleteFrom('updateKey').where('name', '=', name).execute();
  const pem = await readPem(keyFile(ring, name));
  const own = pem === undefined ? undefined : keyFrom(pem, keyFile(ring, name));
  if (!isNamed(own)) return undefined;
  await tx
    .insertInto('updateKey')
    .values({ name, secret: ring.vault.close(pem as string, name) })
    .execute();
  return own;
}
