import { WaysideError } from '@wayside/protocol';
import type { Log } from '../log.ts';
import { change, type Ground } from '../store/change.ts';
import type { Vault } from './vault.ts';

const setting = 'secrets-key';

/**
 * At the start: what lies open, or is closed with an older key, is closed with the newest; only then the older ones go. A hub that has lost its key
 * goes on, and says whose second factor is gone.
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
    let unreadable = 0;
    for (const { technician, secret } of await tx.selectFrom('secondFactor').selectAll().execute()) {
      if (vault.isFresh(secret)) continue;
      const open = vault.open(secret, technician);
      if (open === undefined) unreadable++;
      else
        await tx
          .updateTable('secondFactor')
          .set({ secret: vault.close(open, technician) })
          .where('technician', '=', technician)
          .execute();
    }
    return unreadable;
  });
  await vault.dropOld();
  if (lost > 0)
    log.error(
      { accounts: lost },
      'second factors were closed with a key that is not in secrets-key any more: put that file back, or have these people sign in with a recovery code or a reset',
    );
}
