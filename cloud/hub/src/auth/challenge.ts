import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Ground } from '../store/change.ts';
import { hashOf } from './secret.ts';

const challengeMs = 5 * 60_000;

/** What a passkey signs, to show that it is here now. */
export type Challenges = {
  make(): Buffer<ArrayBuffer>;
  /** Is it one of ours, not too old and not answered before? Then it is spent. @param text as it came back, base64url */
  spend(text: string): Promise<boolean>;
};

/**
 * A challenge says itself, under a key of the hub, until when it is good: asking for a million of them fills nothing, and any hub on the same store
 * takes it. Only answered ones are kept, so that none is answered twice (W3C WebAuthn §13.4.3).
 */
export function createChallenges({ db, now }: Ground, key: string): Challenges {
  const seal = (told: Uint8Array) => createHmac('sha256', key).update('challenge').update(told).digest();
  return {
    make() {
      const told = Buffer.alloc(24);
      told.writeDoubleBE(now() + challengeMs);
      randomBytes(16).copy(told, 8);
      return Buffer.concat([told, seal(told)]);
    },
    async spend(text) {
      const bytes = Buffer.from(text, 'base64url');
      if (bytes.length !== 56) return false;
      const [told, tag] = [bytes.subarray(0, 24), bytes.subarray(24)];
      const expiresAt = Math.ceil(told.readDoubleBE());
      if (!timingSafeEqual(tag, seal(told)) || expiresAt <= now()) return false;
      await db.deleteFrom('spentChallenge').where('expiresAt', '<=', now()).execute();
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('spentChallenge')
        .values({ hash: hashOf(text), expiresAt })
        .onConflict((c) => c.doNothing())
        .executeTakeFirst();
      return numInsertedOrUpdatedRows === 1n;
    },
  };
}
