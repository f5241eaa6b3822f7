import { newId, WaysideError } from '@wayside/protocol';
import type { NewSubscription } from '../../api/push-types.ts';
import type { Vault } from '../../auth/vault.ts';
import { change, type Ground } from '../../store/change.ts';

/** So many browsers a person; of more the oldest hears no more. */
const most = 10;

/** Is the address of a push service the hub may send to? @param services origins with commas between them; `*.` stands for any name below */
export function isPushService(endpoint: string, services: string): boolean {
  const url = URL.parse(endpoint);
  if (!url || `${url.username}${url.password}` !== '') return false;
  return services.split(',').some((each) => {
    const [scheme, host = ''] = each.trim().split('://');
    if (url.protocol !== `${scheme}:`) return false;
    return host.startsWith('*.') ? url.host.endsWith(host.slice(1)) : url.host === host;
  });
}

/**
 * Tells this browser of urgent cases and of what is handed to its person from now on, in the person's language. A browser belongs to who turned it on last, and is told until they are
 * signed out at that place.
 * @throws WaysideError `invalid` for an address that is no push service's
 */
export function subscribe(
  ground: Ground,
  vault: Vault,
  { technician, place }: { technician: string; place: string | undefined },
  wanted: NewSubscription,
  services: string,
): Promise<void> {
  const { endpoint, keys, locale } = wanted;
  if (!isPushService(endpoint, services))
    throw new WaysideError('invalid', 'This address is not of a push service that is known here (pushServices).');
  return change(ground, async ({ tx, now }) => {
    await tx.deleteFrom('hook').where('kind', '=', 'push').where('to', '=', endpoint).execute();
    const row = { id: newId('push', now), kind: 'push', to: endpoint, eventsJson: '["urgent"]', by: technician, createdAt: now };
    await tx
      .insertInto('hook')
      .values({ ...row, secret: vault.close(JSON.stringify(keys), row.id), technician, locale, place: place ?? null })
      .execute();
    const mine = await tx
      .selectFrom('hook')
      .select('id')
      .where('technician', '=', technician)
      .orderBy('createdAt', 'desc')
      .orderBy('id', 'desc')
      .execute();
    const old = mine.slice(most).map(({ id }) => id);
    if (old.length > 0) await tx.deleteFrom('hook').where('id', 'in', old).execute();
  });
}

/** Tells this browser nothing more. Ending what has ended changes nothing. */
export async function unsubscribe({ db }: Ground, technician: string, endpoint: string): Promise<void> {
  await db.deleteFrom('hook').where('technician', '=', technician).where('to', '=', endpoint).execute();
}

/** The addresses of a person's browsers that are told. */
export async function subscriptionsOf({ db }: Ground, technician: string): Promise<string[]> {
  const rows = await db.selectFrom('hook').select('to').where('technician', '=', technician).orderBy('createdAt').execute();
  return rows.map(({ to }) => to);
}
