import { WaysideError } from '@wayside/protocol';
import type { Me } from '../api/types.ts';
import type { Ground } from '../store/change.ts';
import type { Db } from '../store/schema.ts';
import { Attempts } from './attempts.ts';
import { isPassword } from './password.ts';
import { hashOf, newSecret } from './secret.ts';
import { findTechnician, meOf } from './technicians.ts';

export const sessionMs = 12 * 3_600_000;
const linkMs = 15 * 60_000;
const windowMs = 15 * 60_000;

export type SignedIn = { secret: string; me: Me };

export type SignIn = {
  /** @throws WaysideError `unauthorized`, `rate-limited` */
  byPassword(name: string, password: string, from: string): Promise<SignedIn>;
  /** Spends a one-time link's token. @throws WaysideError `unauthorized`, `rate-limited` */
  byLink(token: string, from: string): Promise<SignedIn>;
  /** A path that signs a browser in once, within 15 minutes. The token is in the fragment, so it reaches no log and no previewer spends it. */
  makeLink(technician: string): Promise<string>;
  /** Whose session the secret is, if it still is one. */
  whose(secret: string): Promise<Me | undefined>;
  signOut(secret: string): Promise<void>;
};

/** Signing in and staying so: secrets are random, kept as hashes and expire. */
export function createSignIn(ground: Ground): SignIn {
  const { db, now, passwordWork } = ground;
  const byName = new Attempts(5, windowMs, now);
  const byAddress = new Attempts(50, windowMs, now);

  async function open(db: Db, me: Me): Promise<SignedIn> {
    const secret = newSecret('wst');
    await db.deleteFrom('signedIn').where('expiresAt', '<=', now()).execute();
    await db
      .insertInto('signedIn')
      .values({ hash: hashOf(secret), technician: me.id, expiresAt: Math.floor(now()) + sessionMs })
      .execute();
    return { secret, me };
  }

  return {
    async byPassword(name, password, from) {
      // By name *and* address: a stranger's failures do not lock the technician out elsewhere.
      const key = JSON.stringify([name.toLowerCase(), from]);
      byName.check(key);
      byAddress.check(from);
      byName.count(key);
      byAddress.count(from);
      const row = await db
        .selectFrom('technician')
        .selectAll()
        .where('name', '=', name.trim())
        .where('role', '!=', 'gone')
        .executeTakeFirst();
      if (!(await isPassword(password, row?.password, passwordWork)) || !row) {
        throw new WaysideError('unauthorized', 'The name or the password is not right.');
      }
      byName.clear(key);
      byAddress.clear(from);
      return open(db, meOf(row));
    },

    async byLink(token, from) {
      byAddress.check(from);
      const spent = await db.transaction().execute(async (tx) => {
        const row = await tx.deleteFrom('signInLink').where('hash', '=', hashOf(token)).returningAll().executeTakeFirst();
        const me = row && row.expiresAt > now() ? await findTechnician(tx, row.technician) : undefined;
        return me && (await open(tx, me));
      });
      if (spent) return spent;
      byAddress.count(from);
      throw new WaysideError(
        'unauthorized',
        'This sign-in link was used or is older than 15 minutes. Sign in with name and password, or make a new link.',
      );
    },

    async makeLink(technician) {
      if (!(await findTechnician(db, technician))) throw new WaysideError('not-found', 'There is no such technician.');
      const token = newSecret('once');
      await db.deleteFrom('signInLink').where('expiresAt', '<=', now()).execute();
      await db
        .insertInto('signInLink')
        .values({ hash: hashOf(token), technician, expiresAt: Math.floor(now()) + linkMs })
        .execute();
      return `/#once=${token}`;
    },

    async whose(secret) {
      const row = await db
        .selectFrom('signedIn')
        .innerJoin('technician', 'technician.id', 'signedIn.technician')
        .selectAll('technician')
        .where('signedIn.hash', '=', hashOf(secret))
        .where('signedIn.expiresAt', '>', now())
        .executeTakeFirst();
      return row && meOf(row);
    },

    async signOut(secret) {
      await db.deleteFrom('signedIn').where('hash', '=', hashOf(secret)).execute();
    },
  };
}
