import { createHash, randomBytes } from 'node:crypto';
import type { Db } from '../store/schema.ts';

/**
 * Who is at which browser. `panel`: chose a name on a screen that is let in already; `pin`: and gave a PIN; `phone`: came in by a one-time
 * code, and is let in by this badge alone.
 */
export type Badge = { hash: string; person: string; how: 'panel' | 'pin' | 'phone'; device: string; at: number; expires: number };

/**
 * After so long without a word or a tap, a screen that others walk past forgets who it was: sooner where a PIN guards the name. One's own
 * phone stays for a season.
 */
const lastsMs = { panel: 12 * 3_600_000, pin: 30 * 60_000, phone: 90 * 86_400_000 };
/** A badge in use is prolonged, but not at every request. */
const prolongAfterMs = (how: Badge['how']) => lastsMs[how] / 10;
const mostOfOne = 20;

export type Badges = {
  load(): Promise<void>;
  /** @returns the secret the browser keeps; only its hash stays here */
  give(person: string, how: Badge['how'], device: string): Promise<string>;
  /** Whose badge this is, if it is good. @param inUse somebody does something with it, and it is not only a screen that looks */
  whose(secret: string | undefined, inUse?: boolean): Badge | undefined;
  take(hash: string): Promise<void>;
  takeAll(person: string): Promise<void>;
  of(person: string): Badge[];
  /** The person has another id from now on; in the transaction that changes it. */
  rename(tx: Db, person: string, to: string): Promise<void>;
};

export function createBadges(db: Db, now: () => number): Badges {
  const known = new Map<string, Badge>();

  async function take(hash: string): Promise<void> {
    known.delete(hash);
    await db.deleteFrom('badge').where('hash', '=', hash).execute();
  }
  function prolong(badge: Badge): void {
    const expires = Math.floor(now()) + lastsMs[badge.how];
    if (expires - badge.expires < prolongAfterMs(badge.how)) return;
    badge.expires = expires;
    // Lost in a crash, it costs a tenth of a badge's life.
    void db
      .updateTable('badge')
      .set({ expires })
      .where('hash', '=', badge.hash)
      .execute()
      .catch(() => {});
  }
  const of = (person: string) => [...known.values()].filter((one) => one.person === person);

  return {
    async load() {
      await db.deleteFrom('badge').where('expires', '<=', Math.floor(now())).execute();
      for (const row of await db.selectFrom('badge').selectAll().execute()) known.set(row.hash, { ...row, how: row.how as Badge['how'] });
    },
    async give(person, how, device) {
      const secret = randomBytes(24).toString('base64url');
      const at = Math.floor(now());
      const badge: Badge = { hash: hashOf(secret), person, how, device: device.slice(0, 120), at, expires: at + lastsMs[how] };
      const oldest = of(person).sort((a, b) => a.expires - b.expires)[0];
      if (oldest && of(person).length >= mostOfOne) await take(oldest.hash);
      await db.insertInto('badge').values(badge).execute();
      known.set(badge.hash, badge);
      return secret;
    },
    whose(secret, inUse = false) {
      const badge = secret === undefined ? undefined : known.get(hashOf(secret));
      if (!badge || badge.expires <= now()) return undefined;
      if (inUse) prolong(badge);
      return badge;
    },
    take,
    async takeAll(person) {
      for (const { hash } of of(person)) known.delete(hash);
      await db.deleteFrom('badge').where('person', '=', person).execute();
    },
    of,
    async rename(tx, person, to) {
      await tx.updateTable('badge').set({ person: to }).where('person', '=', person).execute();
      for (const badge of of(person)) badge.person = to;
    },
  };
}

const hashOf = (secret: string) => createHash('sha256').update(secret).digest('base64url');
