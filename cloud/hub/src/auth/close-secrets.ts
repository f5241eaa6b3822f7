import { WaysideError } from '@wayside/protocol';
import { sql } from 'kysely';
import type { Log } from '../log.ts';
import { change, type Ground } from '../store/change.ts';
import type { Db } from '../store/schema.ts';
import type { Vault } from './vault.ts';

const setting = 'secrets-key';

/**
 * At the start: what lies open, or is closed with an older key, is closed with the newest; only then the older ones go. A hub that has lost its key
 * goes on, and says what is gone.
 * @param shared do several hubs have this store? Then they must have one key.
 * @throws WaysideError `conflict` when another hub on this store closes with another key
 */
export async function closeSecrets(ground: Ground, vault: Vault, shared: boolean, log: Log): Promise<void> {
  const lost = await change(ground, async ({ tx, now }) => {
    const kept = await tx.selectFrom('setting').select('valueJson').where('name', '=', setting).executeTakeFirst();
    const before: string | undefined = kept && JSON.parse(kept.valueJson);
    if (shared && before !== undefined && !vault.has(before))
      throw new WaysideError(
        'conflict',
        'Another hub on this database closes secrets with another key. Copy the file secrets-key of its data folder into this one’s, then start again.',
      );
    const valueJson = JSON.stringify(vault.newest);
    await tx
      .insertInto('setting')
      .values({ name: setting, valueJson, by: 'hub', updatedAt: now })
      .onConflict((c) => c.column('name').doUpdateSet({ valueJson, updatedAt: now }))
      .execute();
    return closeAll(tx, vault);
  });
  await vault.dropOld();
  if (lost.secondFactor > 0)
    log.error(
      { accounts: lost.secondFactor },
      'second factors were closed with a key that is not in secrets-key any more: put that file back, or have these people sign in with a recovery code or a reset',
    );
  if (lost.hook > 0)
    log.error(
      { hooks: lost.hook },
      'secrets of hooks were closed with a key that is not in secrets-key any more: put that file back, or take these hooks away and add them anew',
    );
}

/** What is kept closed, and what names whose it is. */
const columns = [
  { table: 'secondFactor', key: 'technician', column: 'secret' },
  { table: 'hook', key: 'id', column: 'secret' },
  { table: 'hook', key: 'id', column: 'theirSecret' },
  { table: 'pushKey', key: 'id', column: 'secret' },
  { table: 'updateKey', key: 'name', column: 'secret' },
] as const;

/** @returns how many of each table none of the keys here opens; a key for updates lies at the hub that made it, too */
async function closeAll(tx: Db, vault: Vault): Promise<Record<(typeof columns)[number]['table'], number>> {
  const lost = { secondFactor: 0, hook: 0, pushKey: 0, updateKey: 0 };
  for (const { table, key, column } of columns) {
    const { rows } = await sql<{ of: string; secret: string }>`select ${sql.ref(key)} as "of", ${sql.ref(column)} as secret
      from ${sql.table(table)} where ${sql.ref(column)} is not null`.execute(tx);
    for (const { of, secret } of rows) {
      if (vault.isFresh(secret)) continue;
      const open = vault.open(secret, of);
      if (open === undefined) lost[table]++;
      else
        await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${vault.close(open, of)} where ${sql.ref(key)} = ${of}`.execute(tx);
    }
  }
  return lost;
}
