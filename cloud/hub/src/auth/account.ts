import { WaysideError } from '@wayside/protocol';
import type { z } from 'zod';
import type { account } from '../api/account-types.ts';
import type { Me } from '../api/types.ts';
import { change, type Ground } from '../store/change.ts';
import { hashPassword, isPassword } from './password.ts';
import { endPlacesIn, listPlaces, type Place } from './places.ts';
import { hasSecondFactor, isRequired } from './second-factor.ts';

const freshMs = 15 * 60_000;

/** What somebody sees of their own ways in. */
export async function readAccount(ground: Ground, me: Me, place: Place | undefined): Promise<z.output<typeof account>> {
  const { db } = ground;
  const [passkeys, secondFactor, codes, places, required, row] = await Promise.all([
    db.selectFrom('passkey').select(['id', 'name', 'createdAt', 'usedAt']).where('technician', '=', me.id).orderBy('createdAt').execute(),
    hasSecondFactor(db, me.id),
    db.selectFrom('recoveryCode').select('hash').where('technician', '=', me.id).execute(),
    listPlaces(ground, me.id),
    isRequired(db, me.tenant),
    db.selectFrom('technician').select('password').where('id', '=', me.id).executeTakeFirstOrThrow(),
  ]);
  return {
    passkeys,
    secondFactor,
    recoveryCodes: codes.length,
    places: places.map((one) => ({ ...one, how: one.how as Place['how'], here: one.id === place?.id })),
    required,
    restricted: place?.restricted ?? false,
    hasPassword: row.password !== '',
  };
}

/**
 * Whether they may change how they come in: only shortly after signing in, so that a console left open hands nobody a key of their own; and when
 * more is required than they showed, only if they have nothing yet that could be shown.
 * @throws WaysideError `unauthorized`
 */
export async function checkMayChange({ db, now }: Ground, me: Me, place: Place | undefined): Promise<void> {
  if (place === undefined) return;
  if (now() - place.since > freshMs)
    throw new WaysideError('unauthorized', 'Sign in once more to change this: you did so more than 15 minutes ago.');
  if (!place.restricted) return;
  const has = await db.selectFrom('passkey').select('id').where('technician', '=', me.id).limit(1).executeTakeFirst();
  if (has || (await hasSecondFactor(db, me.id)))
    throw new WaysideError('unauthorized', 'Sign in with your passkey or a code to change this.');
}

/** A new password, for who knows the old one; everywhere else they are signed out. @throws WaysideError `invalid` when the old one is not right */
export async function changePassword(
  ground: Ground,
  me: Me,
  given: { old: string; fresh: string },
  place: Place | undefined,
): Promise<void> {
  const row = await ground.db.selectFrom('technician').select('password').where('id', '=', me.id).executeTakeFirstOrThrow();
  // Who came by a link of an admin, or as their company says, may have none.
  if (row.password !== '' && !(await isPassword(given.old, row.password)))
    throw new WaysideError('invalid', 'The old password is not right.');
  const password = await hashPassword(given.fresh, ground.passwordWork);
  await change(ground, async (here) => {
    await here.tx.updateTable('technician').set({ password }).where('id', '=', me.id).execute();
    await endPlacesIn(here, me.id, { except: place?.id });
  });
}
