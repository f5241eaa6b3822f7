import { WaysideError } from '@wayside/protocol';
import type { Me } from '../api/types.ts';
import type { Ground } from '../store/change.ts';
import type { Db } from '../store/schema.ts';
import { Attempts } from './attempts.ts';
import type { Passkeys, Site } from './passkeys.ts';
import { isPassword } from './password.ts';
import { endPlaces, type From, type How, openPlace, type Visitor, visitorOf } from './places.ts';
import { hasSecondFactor, takeCode } from './second-factor.ts';
import { hashOf, newSecret } from './secret.ts';
import { findTechnician, meOf } from './technicians.ts';
import type { Vault } from './vault.ts';

const linkMs = 15 * 60_000;
const windowMs = 15 * 60_000;

export type SignedIn = { secret: string; me: Me };

export type SignIn = {
  /** @returns `code-wanted` when the password is right and a second factor is still to be shown. @throws WaysideError `unauthorized`, `rate-limited` */
  byPassword(given: { name: string; password: string; code?: string | undefined }, from: From): Promise<SignedIn | 'code-wanted'>;
  /** @param response what the browser's authenticator answered. @throws WaysideError `unauthorized`, `rate-limited` */
  byPasskey(response: unknown, site: Site, from: From): Promise<SignedIn>;
  /** Spends a one-time link's token. @throws WaysideError `unauthorized`, `rate-limited` */
  byLink(token: string, from: From): Promise<SignedIn>;
  /** A path that signs a browser in once, within 15 minutes unless it is said to last longer. The token is in the fragment, so it reaches no log and no previewer spends it. */
  makeLink(technician: string, lastsMs?: number): Promise<string>;
  /** Whom the secret lets in, if it still does. */
  whose(secret: string): Promise<Visitor | undefined>;
  signOut(secret: string): Promise<void>;
};

/** Signing in and staying so: secrets are random, kept as hashes and expire. */
export function createSignIn(ground: Ground, passkeys: Passkeys, vault: Vault): SignIn {
  const { db, now, passwordWork } = ground;
  const byName = new Attempts(5, windowMs, now);
  const byAddress = new Attempts(50, windowMs, now);
  // By person: whoever has a password may come from many addresses to guess the code.
  const byCode = new Attempts(20, windowMs, now);

  const open = async (tx: Db, me: Me, how: How, from: From): Promise<SignedIn> => ({
    secret: await openPlace({ db: tx, now }, me.id, how, from),
    me,
  });

  async function checkCode(technician: string, code: string): Promise<void> {
    byCode.check(technician);
    byCode.count(technician);
    if (!(await takeCode(ground, vault, technician, code)))
      throw new WaysideError('unauthorized', 'The code is not right, or was used already. Type the one your app shows now.');
    byCode.clear(technician);
  }

  return {
    async byPassword({ name, password, code }, from) {
      // By name *and* address: a stranger's failures do not lock the technician out elsewhere.
      const key = JSON.stringify([name.trim().toLowerCase(), from.address]);
      byName.check(key);
      byAddress.check(from.address);
      byName.count(key);
      byAddress.count(from.address);
      const row = await db
        .selectFrom('technician')
        .selectAll()
        .where('name', '=', name.trim())
        .where('role', '!=', 'gone')
        .executeTakeFirst();
      if (!(await isPassword(password, row?.password, passwordWork)) || !row) {
        throw new WaysideError('unauthorized', 'The name or the password is not right.');
      }
      const more = await hasSecondFactor(db, row.id);
      if (more && code === undefined) return 'code-wanted';
      if (more) await checkCode(row.id, code as string);
      byName.clear(key);
      byAddress.clear(from.address);
      return open(db, meOf(row), more ? 'code' : 'password', from);
    },

    async byPasskey(response, site, from) {
      byAddress.check(from.address);
      const technician = await passkeys.whose(response, site);
      const me = technician === undefined ? undefined : await findTechnician(db, technician);
      if (me) return open(db, me, 'passkey', from);
      byAddress.count(from.address);
      throw new WaysideError('unauthorized', 'This passkey is not known here, or took too long. Try again, or sign in with your password.');
    },

    async byLink(token, from) {
      byAddress.check(from.address);
      const spent = await db.transaction().execute(async (tx) => {
        const row = await tx.deleteFrom('signInLink').where('hash', '=', hashOf(token)).returningAll().executeTakeFirst();
        const me = row && row.expiresAt > now() ? await findTechnician(tx, row.technician) : undefined;
        return me && (await open(tx, me, 'link', from));
      });
      if (spent) return spent;
      byAddress.count(from.address);
      throw new WaysideError(
        'unauthorized',
        'This sign-in link was used or is older than 15 minutes. Sign in with name and password, or make a new link.',
      );
    },

    async makeLink(technician, lastsMs = linkMs) {
      if (!(await findTechnician(db, technician))) throw new WaysideError('not-found', 'There is no such technician.');
      const token = newSecret('once');
      await db.deleteFrom('signInLink').where('expiresAt', '<=', now()).execute();
      await db
        .insertInto('signInLink')
        .values({ hash: hashOf(token), technician, expiresAt: Math.floor(now()) + lastsMs })
        .execute();
      return `/#once=${token}`;
    },

    whose: (secret) => visitorOf(ground, secret),

    async signOut(secret) {
      const visitor = await visitorOf(ground, secret);
      if (visitor?.place) await endPlaces(ground, visitor.me.id, { only: visitor.place.id });
    },
  };
}
