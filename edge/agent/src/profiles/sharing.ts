import { type PersonReport, personReport, type Turn } from '@wayside/contract';
import { WaysideError } from '@wayside/protocol';
import type { Db } from '../store/schema.ts';
import type { HubDoor } from '../sync/hub.ts';
import { enqueue, takeBack } from '../sync/outbox.ts';
import type { Badges } from './badges.ts';
import type { Household } from './household.ts';
import { forgetPieces } from './past.ts';
import type { Profile } from './profile.ts';
import { unasked } from './visits.ts';

/** Of what was said before a consent, so many conversations follow it, with so many lines each. */
const mostSessions = 20;
const mostTurns = 200;

/** What of a person goes to the hub, by their consent; and being the same person at two of its edges. */
export type Sharing = ReturnType<typeof createSharing>;

export function createSharing(parts: {
  household: Household;
  badges: Badges;
  now: () => number;
  /** The lines of a conversation, oldest first; the newest so many. */
  linesOf(tx: Db, session: string, limit: number): Promise<Turn[]>;
  /** The hub's half of joining a person of two edges; undefined where this edge serves alone. */
  link(): Pick<HubDoor, 'offerLink' | 'claimLink' | 'aboutPerson'> | undefined;
  /** Something waits for the hub. */
  onRecord(): void;
}) {
  const { household, badges, now, linesOf, link, onRecord } = parts;

  const reportOf = ({ person, name }: Profile, state: PersonReport['state']): PersonReport =>
    personReport.parse({ person, state, at: Math.floor(now()), ...(state === 'shared' ? { name } : {}) });
  const report = (tx: Db, profile: Profile, state: PersonReport['state']) => enqueue(tx, 'person', reportOf(profile, state), now());

  /** What was said before the consent follows after it: the newest conversations. */
  async function sendPast(tx: Db, person: string): Promise<void> {
    const sessions = await tx
      .selectFrom('session')
      .select(['id', 'startedAt', 'channel', 'locale', 'thing'])
      .where('person', '=', person)
      .orderBy('startedAt', 'desc')
      .limit(mostSessions)
      .execute();
    for (const { id, startedAt, thing, channel, locale } of sessions.reverse()) {
      const head = { session: id, at: startedAt, channel, locale: locale as 'en' | 'zh', person, ...(thing ? { thing } : {}) };
      await enqueue(tx, 'session', head, now());
      for (const turn of await linesOf(tx, id, mostTurns)) await enqueue(tx, 'turn', turn, now());
    }
  }
  async function shareAll(tx: Db, profile: Profile): Promise<void> {
    await tx.updateTable('session').set({ onlyHere: 0 }).where('person', '=', profile.person).execute();
    await report(tx, profile, 'shared');
    await sendPast(tx, profile.person);
  }
  async function keepBack(tx: Db, profile: Profile): Promise<void> {
    // What a technician was given goes on.
    const sessions = await unasked(tx, profile.person);
    if (sessions.length > 0) await tx.updateTable('session').set({ onlyHere: 1 }).where('id', 'in', sessions).execute();
    await forgetPieces(tx, profile.person);
    await takeBack(tx, sessions, ['session', 'turn'], reportOf(profile, 'kept-back'));
    await report(tx, profile, 'kept-back');
  }
  function mustHaveHub() {
    const hub = link();
    if (!hub) throw new WaysideError('unavailable', 'This place has no hub, so nobody can be known elsewhere by it.', { retryable: false });
    return hub;
  }

  return {
    /** They changed their mind, or their name; in the transaction of the change. */
    async changed(tx: Db, before: Profile, after: Profile): Promise<void> {
      if (after.shares && !before.shares) await shareAll(tx, after);
      else if (!after.shares && before.shares) await keepBack(tx, after);
      else if (after.shares && after.name !== before.name) await report(tx, after, 'shared');
    },
    /** They are erased here: what still waits of these conversations is taken back, and the hub is told; in that transaction. */
    async erased(tx: Db, profile: Profile, sessions: readonly string[]): Promise<void> {
      await takeBack(tx, sessions, ['session', 'turn', 'handoff', 'raise'], reportOf(profile, 'erased'));
      await report(tx, profile, 'erased');
    },
    /** A code with which one is known at another edge of the same hub as the same person. @throws WaysideError `conflict`, `unavailable` */
    async offer({ person, name, shares }: Profile): Promise<{ code: string; expiresAt: number }> {
      if (!shares) throw new WaysideError('conflict', 'First agree that your conversations may go to your other places.');
      const hub = mustHaveHub();
      onRecord();
      // The consent is a record on its way to the hub; the code may not overtake it.
      for (let tries = 0; ; tries++) {
        try {
          return await hub.offerLink({ person, name });
        } catch (error) {
          if (tries >= 8 || !(error instanceof WaysideError) || error.code !== 'conflict') throw error;
          await new Promise((resolve) => setTimeout(resolve, 250));
        }
      }
    },
    /**
     * By a code of another edge: this person, or somebody who is new here, is the one who is known there. To be joined is to share.
     * @returns the person's id at both, or why not
     */
    async claim(
      mine: Profile | undefined,
      code: string,
    ): Promise<{ outcome: 'linked'; person: string } | { outcome: 'wrong-code' } | { outcome: 'locked'; until: number }> {
      const claimed = await mustHaveHub().claimLink(code);
      if (claimed.outcome !== 'linked') return claimed;
      const { person, name } = claimed;
      if (mine)
        await household.rename(mine.person, person, async (tx, renamed) => {
          for (const table of ['session', 'consent', 'progress'] as const)
            await tx.updateTable(table).set({ person }).where('person', '=', mine.person).execute();
          await badges.rename(tx, mine.person, person);
          await shareAll(tx, renamed);
        });
      else await household.adopt(person, { name, role: 'member' }, shareAll);
      onRecord();
      return { outcome: 'linked', person };
    },
  };
}
