import type { Me } from '../api/types.ts';
import { type Change, change, type Ground } from '../store/change.ts';
import type { Db } from '../store/schema.ts';
import { deviceName } from './device-name.ts';
import { isRequired } from './second-factor.ts';
import { hashOf, newSecret } from './secret.ts';
import { meOf } from './technicians.ts';

/** How somebody showed who they are: by a password alone, with a code as well, by a passkey, a one-time link, or as their company says. */
export type How = 'password' | 'code' | 'passkey' | 'link' | 'company';
export type From = { address: string; userAgent?: string | undefined };

/** Where somebody is signed in. `restricted`: more than they showed is required here, so they may only set that up. */
export type Place = { id: string; how: How; since: number; restricted: boolean };
/** Scripts are in no place. */
export type Visitor = { me: Me; place?: Place };

export const placeMs = 12 * 3_600_000;
const seenEveryMs = 60_000;
const weak: ReadonlySet<string> = new Set<How>(['password', 'link']);

/** @returns the secret of its cookie */
export async function openPlace({ db, now }: Pick<Ground, 'db' | 'now'>, technician: string, how: How, from: From): Promise<string> {
  const secret = newSecret('wst');
  const at = Math.floor(now());
  await db.deleteFrom('signedIn').where('expiresAt', '<=', at).execute();
  await db
    .insertInto('signedIn')
    .values({
      hash: hashOf(secret),
      id: newSecret('place').slice(0, 28),
      technician,
      how,
      device: deviceName(from.userAgent),
      address: from.address,
      since: at,
      seenAt: at,
      expiresAt: at + placeMs,
    })
    .execute();
  return secret;
}

/** Whom the secret of a cookie lets in now, if anybody. */
export async function visitorOf({ db, now }: Ground, secret: string): Promise<Visitor | undefined> {
  const hash = hashOf(secret);
  const row = await db
    .selectFrom('signedIn')
    .innerJoin('technician', 'technician.id', 'signedIn.technician')
    .selectAll('technician')
    .select(['signedIn.id as place', 'how', 'since', 'seenAt'])
    .where('hash', '=', hash)
    .where('expiresAt', '>', now())
    .executeTakeFirst();
  if (!row) return undefined;
  if (now() - row.seenAt > seenEveryMs)
    await db
      .updateTable('signedIn')
      .set({ seenAt: Math.floor(now()) })
      .where('hash', '=', hash)
      .execute();
  const restricted = weak.has(row.how) && (await isRequired(db, row.tenant));
  return { me: meOf(row), place: { id: row.place, how: row.how as How, since: row.since, restricted } };
}

/** Newest first. */
export const listPlaces = ({ db, now }: Ground, technician: string) =>
  db
    .selectFrom('signedIn')
    .select(['id', 'how', 'device', 'address', 'since', 'seenAt'])
    .where('technician', '=', technician)
    .where('expiresAt', '>', now())
    .orderBy('seenAt', 'desc')
    .limit(100)
    .execute();

/** What was shown there since is more than before. */
export const raisePlace = (db: Db, place: string, how: How) => db.updateTable('signedIn').set({ how }).where('id', '=', place).execute();

/** Signs out of one place, or of all but one. Open streams hear of it and end, and browsers there are told of nothing more. @returns whether there was any */
export const endPlaces = (
  ground: Ground,
  technician: string,
  which: { only: string } | { except?: string | undefined },
): Promise<boolean> => change(ground, (here) => endPlacesIn(here, technician, which));

export async function endPlacesIn(
  { tx, tell }: Change,
  technician: string,
  which: { only: string } | { except?: string | undefined } = {},
): Promise<boolean> {
  let these = tx.deleteFrom('signedIn').where('technician', '=', technician);
  let told = tx.deleteFrom('hook').where('technician', '=', technician);
  if ('only' in which) {
    these = these.where('id', '=', which.only);
    told = told.where('place', '=', which.only);
  } else if (which.except !== undefined) {
    const { except } = which;
    these = these.where('id', '!=', except);
    told = told.where((e) => e.or([e('place', '!=', except), e('place', 'is', null)]));
  }
  const { numDeletedRows } = await these.executeTakeFirst();
  await told.execute();
  if (numDeletedRows > 0n) tell({ event: 'out', data: { technician } });
  return numDeletedRows > 0n;
}
