import { createPrivateKey, generateKeyPairSync, type JsonWebKey, sign } from 'node:crypto';
import type { Vault } from '../../auth/vault.ts';
import { type Change, change, type Ground } from '../../store/change.ts';
import type { Db } from '../../store/schema.ts';

/** The key by which push services know this hub: `publicKey` as a browser takes it, an uncompressed point in base64url. */
export type PushKey = { publicKey: string; jwk: JsonWebKey };

const id = 'vapid';

/**
 * All hubs on a store have one key, made when the first browser asks and kept closed. A subscription is good for the key it was made with only: where
 * none of the hub's keys opens it any more, there is a new one, and the browsers are to be turned on anew.
 */
export async function readPushKey(ground: Ground, vault: Vault): Promise<PushKey> {
  return (await keptKey(ground.db, vault)) ?? change(ground, (here) => makeKey(here, vault));
}

async function keptKey(db: Db, vault: Vault): Promise<PushKey | undefined> {
  const row = await db.selectFrom('pushKey').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) return undefined;
  const open = vault.open(row.secret, id);
  return open === undefined ? undefined : { publicKey: row.publicKey, jwk: JSON.parse(open) as JsonWebKey };
}

async function makeKey({ tx, alone }: Change, vault: Vault): Promise<PushKey> {
  await alone('push key');
  const kept = await keptKey(tx, vault);
  if (kept) return kept;
  const jwk = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
  const point = [jwk.x, jwk.y].map((part) => Buffer.from(part as string, 'base64url'));
  const publicKey = Buffer.concat([Buffer.of(4), ...point]).toString('base64url');
  const values = { publicKey, secret: vault.close(JSON.stringify(jwk), id) };
  const lost = await tx.deleteFrom('pushKey').where('id', '=', id).executeTakeFirst();
  if (lost.numDeletedRows > 0n) await tx.deleteFrom('hook').where('kind', '=', 'push').execute();
  await tx
    .insertInto('pushKey')
    .values({ id, ...values })
    .execute();
  return { publicKey, jwk };
}

/** Half of the day a token may be good for at most (RFC 8292 §2). */
const goodForSeconds = 12 * 3_600;

/** Says who sends, to the push service of this address (RFC 8292 §3). @param contact whom the service may write to, as a URI */
export function vapid(key: PushKey, endpoint: string, contact: string, now: number): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { aud: new URL(endpoint).origin, exp: Math.floor(now / 1_000) + goodForSeconds, sub: contact };
  const said = `${part({ typ: 'JWT', alg: 'ES256' })}.${part(claims)}`;
  const privateKey = createPrivateKey({ key: key.jwk, format: 'jwk' });
  const signature = sign('sha256', Buffer.from(said), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url');
  return `vapid t=${said}.${signature}, k=${key.publicKey}`;
}
