import { randomBytes } from 'node:crypto';
import { newId, WaysideError } from '@wayside/protocol';
import type { z } from 'zod';
import type { DeliveryRow, HookRow, hookMade, newHook } from '../api/hook-types.ts';
import { newSecret } from '../auth/secret.ts';
import type { Vault } from '../auth/vault.ts';
import { change, type Ground } from '../store/change.ts';
import type { Db } from '../store/schema.ts';

const most = 50;
const mostShown = 200;

/** Who is told of what, with how much waits and how much was given up. */
export async function listHooks(db: Db): Promise<HookRow[]> {
  const hooks = await db.selectFrom('hook').selectAll().where('technician', 'is', null).orderBy('createdAt').execute();
  const counts = await db
    .selectFrom('delivery')
    .select((e) => ['hook', 'state', e.fn.countAll<number>().as('count')])
    .where('state', '!=', 'sent')
    .groupBy(['hook', 'state'])
    .execute();
  const count = (hook: string, state: string) => Number(counts.find((one) => one.hook === hook && one.state === state)?.count ?? 0);
  return hooks.map(({ id, kind, to, eventsJson, by, createdAt }) => ({
    id,
    kind: kind as HookRow['kind'],
    to,
    events: JSON.parse(eventsJson) as HookRow['events'],
    by,
    createdAt,
    waiting: count(id, 'waiting'),
    dead: count(id, 'dead'),
  }));
}

/** Its secrets are kept closed. @throws WaysideError `conflict` when there are too many already */
export const addHook = (ground: Ground, vault: Vault, wanted: z.output<typeof newHook>, by: string): Promise<z.infer<typeof hookMade>> =>
  change(ground, async ({ tx, now }) => {
    const { count } = await tx
      .selectFrom('hook')
      .select((e) => e.fn.countAll<number>().as('count'))
      .where('technician', 'is', null)
      .executeTakeFirstOrThrow();
    if (Number(count) >= most) throw new WaysideError('conflict', `There are ${most} already. Take one away first.`);
    const { kind, to, events, theirSecret } = wanted;
    const row = { id: newId('hook', now), kind, to, by, createdAt: now };
    const secret = kind === 'chatwoot' ? newSecret('desk') : `whsec_${randomBytes(32).toString('base64')}`;
    await tx
      .insertInto('hook')
      .values({
        ...row,
        eventsJson: JSON.stringify(events),
        secret: vault.close(secret, row.id),
        theirSecret: theirSecret === undefined ? null : vault.close(theirSecret, row.id),
      })
      .execute();
    const answersTo = kind === 'chatwoot' ? { answersTo: `/v1/bridges/chatwoot/${row.id}?key=${secret}` } : {};
    return { ...row, events, secret, ...answersTo, waiting: 0, dead: 0 };
  });

/** Tells it no more; what waits for it goes too. @throws WaysideError `not-found` */
export const removeHook = (ground: Ground, id: string): Promise<void> =>
  change(ground, async ({ tx }) => {
    await tx.deleteFrom('delivery').where('hook', '=', id).execute();
    await tx.deleteFrom('bridge').where('hook', '=', id).execute();
    const { numDeletedRows } = await tx.deleteFrom('hook').where('id', '=', id).executeTakeFirst();
    if (numDeletedRows === 0n) throw new WaysideError('not-found', `There is no hook ${id}.`);
  });

/** Its deliveries, those given up first, then the newest. */
export async function listDeliveries(db: Db, hook: string): Promise<DeliveryRow[]> {
  const rows = await db
    .selectFrom('delivery')
    .select(['id', 'hook', 'event', 'at', 'state', 'tries', 'nextAt', 'said'])
    .where('hook', '=', hook)
    .orderBy((e) => e.case().when('state', '=', 'dead').then(0).else(1).end())
    .orderBy('at', 'desc')
    .limit(mostShown)
    .execute();
  return rows.map((row) => ({ ...row, state: row.state as DeliveryRow['state'] }));
}

/** Tries one again that was given up, from the beginning. @throws WaysideError `not-found` */
export const tryAgain = (ground: Ground, id: string): Promise<void> =>
  change(ground, async ({ tx, now, tell }) => {
    const { numUpdatedRows } = await tx
      .updateTable('delivery')
      .set({ state: 'waiting', tries: 0, nextAt: now })
      .where('id', '=', id)
      .where('state', '=', 'dead')
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw new WaysideError('not-found', 'There is no notice of this id that was given up.');
    tell({ event: 'delivery', data: {} });
  });
