import { newId, WaysideError } from '@wayside/protocol';
import type { Badges } from './badges.ts';
import type { Codes } from './codes.ts';
import type { Household, PinOutcome } from './household.ts';
import type { Sharing } from './sharing.ts';
import type { Standings, Who } from './standings.ts';

type Entered = { outcome: 'entered'; person: string; secret: string };

/** How a browser comes to speak for somebody: by a PIN, a phone's code, a code of another edge, or as a guest; and how a device is put out again. */
export function createEntrances(parts: {
  household: Household;
  badges: Badges;
  codes: Codes;
  sharing: Sharing;
  standings: Pick<Standings, 'personOf' | 'mustManage' | 'self'>;
  now: () => number;
}) {
  const { household, badges, codes, sharing, now } = parts;
  const { personOf, mustManage, self } = parts.standings;
  /** Whoever set a PIN wants no one else to go on as them. */
  const pinned = (person: string) => (household.find(person)?.pin === undefined ? 'panel' : 'pin');
  return {
    async enter(person: string, pin: string | undefined, device: string): Promise<Entered | Exclude<PinOutcome, { outcome: 'entered' }>> {
      const tried = await household.tryPin(person, pin);
      if (tried.outcome !== 'entered') return tried;
      return { outcome: 'entered', person, secret: await badges.give(person, pinned(person), device) };
    },
    async visit(device: string): Promise<string> {
      return badges.give(newId('g', now()), 'panel', device);
    },
    /** A code with which one's own phone comes in as oneself. */
    offerPhone: (who: Who, person: string) => codes.make(self(who, person).person),
    async pair(code: string, device: string): Promise<Entered | { outcome: 'wrong-code' } | { outcome: 'locked'; until: number }> {
      const redeemed = codes.redeem(code);
      if (redeemed.outcome === 'wrong') return { outcome: 'wrong-code' };
      if (redeemed.outcome === 'locked') return redeemed;
      if (!household.find(redeemed.person)) return { outcome: 'wrong-code' };
      return { outcome: 'entered', person: redeemed.person, secret: await badges.give(redeemed.person, 'phone', device) };
    },
    /** A code with which one is known at another edge of the same hub as the same person. */
    offerLink: async (who: Who, person: string) => sharing.offer(self(who, person)),
    /** By a code of another edge: whoever is at this browser is that person, from now on and here too. */
    async claimLink(
      who: Who,
      code: string,
      device: string,
    ): Promise<Entered | { outcome: 'wrong-code' } | { outcome: 'locked'; until: number }> {
      const mine = household.find(personOf(who));
      if (!mine) mustManage(who);
      const claimed = await sharing.claim(mine, code);
      if (claimed.outcome !== 'linked') return claimed;
      return { outcome: 'entered', person: claimed.person, secret: await badges.give(claimed.person, pinned(claimed.person), device) };
    },
    async dropDevice(who: Who, person: string, device: string): Promise<void> {
      const { person: id } = self(who, person);
      if (!badges.of(id).some(({ hash }) => hash === device)) throw new WaysideError('not-found', 'This device is not signed in any more.');
      await badges.take(device);
    },
  };
}
