import type { Preferences } from '@wayside/contract';
import { type Locale, newId, WaysideError } from '@wayside/protocol';
import type { Me, PastSession, PersonView } from '../api/types.ts';
import type { Log } from '../log.ts';
import { eraseRecordedOf } from '../record/erase.ts';
import type { Db } from '../store/schema.ts';
import { type Badge, createBadges } from './badges.ts';
import { createCodes } from './codes.ts';
import { exportOf } from './export.ts';
import { createHousehold, type NewProfile, type PinOutcome, type ProfileChange } from './household.ts';
import { forgetPieces, pastOf, pieceOf } from './past.ts';
import { manages, mayAgreeTo, type Standing } from './permit.ts';
import { defaultPreferences, isGivenOut, isGuest, type Profile } from './profile.ts';
import { createSharing } from './sharing.ts';
import { eraseSessions, guestsGone, overwrite, sessionsOf } from './visits.ts';

/** Who makes a request: a script with the edge's token, or a browser with the badge it wears, or none. */
export type Who = { script: boolean; badge: Badge | undefined };

type Entered = { outcome: 'entered'; person: string; secret: string };

/**
 * The people at this edge: who is speaking, what they may, how they like it, and what is kept of them.
 */
export type People = ReturnType<typeof createPeople>;

export function createPeople(parts: {
  db: Db;
  edge: string;
  log: Log;
  now: () => number;
  linesOf: Parameters<typeof createSharing>[0]['linesOf'];
  link: Parameters<typeof createSharing>[0]['link'];
  /** Something waits for the hub. */
  onRecord(): void;
}) {
  const { db, edge, log, now, onRecord } = parts;
  const household = createHousehold(db, log, now);
  const badges = createBadges(db, now);
  const codes = createCodes(now);
  const sharing = createSharing({ ...parts, household, badges });

  const personOf = (who: Who) => who.badge?.person;
  const standingOf = (who: Who): Standing => (who.script && !who.badge ? 'owner' : household.standing(personOf(who)));
  function mustManage(who: Who): void {
    if (!manages(standingOf(who))) throw new WaysideError('forbidden', 'Only the owner can do that. Ask them to choose their name here.');
  }
  /** `me` is whoever the browser's badge says. @throws WaysideError `forbidden` for somebody else, `not-found` */
  function self(who: Who, person: string): Profile {
    const id = person === 'me' ? personOf(who) : person;
    if (id === undefined || isGuest(id)) throw new WaysideError('not-found', 'Choose your name first: nobody has said who they are here.');
    if (id !== personOf(who) && !(who.script && !who.badge)) throw new WaysideError('forbidden', 'That is for this person alone.');
    const found = household.find(id);
    if (!found) throw new WaysideError('not-found', 'There is nobody of this name here any more.');
    return found;
  }
  /** Whoever set a PIN wants no one else to go on as them. */
  const pinned = (person: string) => (household.find(person)?.pin === undefined ? 'panel' : 'pin');
  const viewOf = ({ person, name, role, pin, preferences: { locale } }: Profile): PersonView => ({
    person,
    name,
    role,
    hasPin: pin !== undefined,
    ...(locale ? { locale } : {}),
  });

  async function erase(person: string, sessions: readonly string[], also: (tx: Db) => Promise<void>): Promise<void> {
    await db.transaction().execute(async (tx) => {
      await eraseSessions(tx, sessions, now());
      await also(tx);
    });
    await overwrite(db);
    await badges.takeAll(person);
    codes.forget(person);
  }
  const eraseGuest = async (person: string) =>
    erase(
      person,
      await sessionsOf(db, person),
      async (tx) => void (await tx.deleteFrom('progress').where('person', '=', person).execute()),
    );
  return {
    household,
    async load() {
      await household.load();
      await badges.load();
    },
    /** Let in by a phone's badge alone, or undefined. */
    badge: badges.whose,
    standing: household.standing,
    mayEnterSession(who: Who, person: string | undefined): boolean {
      if (person === undefined || who.script || person === personOf(who)) return true;
      return !isGuest(person) && household.find(person) === undefined;
    },
    /** @throws WaysideError `forbidden` for somebody else's conversation */
    mustEnterSession(who: Who, person: string | undefined): void {
      if (!this.mayEnterSession(who, person))
        throw new WaysideError('forbidden', 'This conversation is somebody else’s. Choose your name to go on with your own.');
    },
    /** Whose a new conversation is. @throws WaysideError `forbidden` when somebody is named who is not here */
    speaker(who: Who, named: string | undefined): string | undefined {
      const person = personOf(who);
      if (person !== undefined) return person;
      if (named !== undefined && isGivenOut(named) && !(who.script && household.find(named)))
        throw new WaysideError('forbidden', 'Nobody can speak for somebody else: choose the name here first.');
      return named;
    },
    preferences: (person: string | undefined): Preferences => household.find(person)?.preferences ?? defaultPreferences,
    /** What is told of somebody to a technician. */
    introduce(person: string | undefined, locale: Locale): { id: string; name: string } | undefined {
      if (person === undefined) return undefined;
      const guest = locale === 'zh' ? '访客' : 'Guest';
      return { id: person, name: household.find(person)?.name ?? (isGuest(person) ? guest : person) };
    },
    /** Nothing of a conversation of theirs goes to the hub until a person is asked for. */
    keepsToEdge: (person: string | undefined): boolean => isGuest(person) || household.find(person)?.shares === false,

    shares: (person: string): boolean => household.find(person)?.shares === true,

    list: (): PersonView[] => household.all().map(viewOf),
    me(who: Who): Me {
      const standing = standingOf(who);
      const found = household.find(personOf(who));
      return {
        standing,
        mayAgreeTo: mayAgreeTo(standing) as Me['mayAgreeTo'],
        manages: manages(standing),
        preferences: found?.preferences ?? defaultPreferences,
        ...(found
          ? {
              ...viewOf(found),
              shares: found.shares,
              ...(found.voice ? { voiceSince: found.voice.agreedAt } : {}),
              devices: badges.of(found.person).map(({ hash, how, device, at }) => ({
                device: hash,
                how: how === 'phone' ? how : 'panel',
                name: device,
                at,
                here: hash === who.badge?.hash,
              })),
            }
          : who.badge
            ? { person: who.badge.person }
            : {}),
      };
    },
    async add(who: Who, wanted: NewProfile, device: string): Promise<{ person: PersonView; secret?: string }> {
      mustManage(who);
      const first = household.all().length === 0;
      const made = await household.add(wanted);
      // Who sets up the first one is the one: they need not come in through the door they have just made.
      return { person: viewOf(made), ...(first && !who.script ? { secret: await badges.give(made.person, 'panel', device) } : {}) };
    },
    async change(who: Who, person: string, change: ProfileChange): Promise<PersonView> {
      const mine = person === 'me' || person === personOf(who);
      const target = mine ? self(who, person) : household.find(person);
      if (!target) throw new WaysideError('not-found', 'There is nobody of this name here any more.');
      if (!mine || (change.role !== undefined && change.role !== target.role)) mustManage(who);
      // Consent is one's own to give.
      if (change.shares !== undefined && !mine)
        throw new WaysideError('forbidden', 'Only they themselves can say whether their talk is shared.');
      const changed = await household.change(target.person, change, (tx, after) => sharing.changed(tx, target, after));
      // A new PIN is for the screens of others too: whoever was in by the old one has to come in anew.
      if (change.pin !== undefined)
        for (const { hash, how } of badges.of(target.person)) if (how !== 'phone' && hash !== who.badge?.hash) await badges.take(hash);
      onRecord();
      return viewOf(changed);
    },
    async enter(person: string, pin: string | undefined, device: string): Promise<Entered | Exclude<PinOutcome, { outcome: 'entered' }>> {
      const tried = await household.tryPin(person, pin);
      if (tried.outcome !== 'entered') return tried;
      return { outcome: 'entered', person, secret: await badges.give(person, pinned(person), device) };
    },
    async visit(device: string): Promise<string> {
      return badges.give(newId('g', now()), 'panel', device);
    },
    /** Whoever was at this browser is no longer; of a guest nothing is left. */
    async leave(who: Who): Promise<void> {
      if (!who.badge) return;
      if (isGuest(who.badge.person)) await eraseGuest(who.badge.person);
      else await badges.take(who.badge.hash);
    },
    async remove(who: Who, person: string): Promise<void> {
      const id = person === 'me' ? self(who, person).person : person;
      if (id !== personOf(who)) mustManage(who);
      const sessions = await sessionsOf(db, id);
      const found = household.find(id);
      await household.remove(id, async (tx) => {
        await eraseSessions(tx, sessions, now());
        await eraseRecordedOf(tx, id, 'the person asked for it', now());
        await forgetPieces(tx, id);
        await tx.deleteFrom('progress').where('person', '=', id).execute();
        if (found) await sharing.erased(tx, found, sessions);
      });
      await overwrite(db);
      await badges.takeAll(id);
      codes.forget(id);
      onRecord();
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
    async past(who: Who, person: string, thing?: string): Promise<PastSession[]> {
      const guest = personOf(who);
      if (person === 'me' && isGuest(guest)) return pastOf(db, guest as string, thing);
      return pastOf(db, self(who, person).person, thing);
    },
    async pastElsewhere(who: Who, person: string, session: string) {
      const found = await pieceOf(db, self(who, person).person, session);
      if (!found) throw new WaysideError('not-found', 'There is no such conversation from another place here.');
      return found;
    },
    export: async (who: Who, person: string) => exportOf(db, edge, self(who, person), now()),
    /** Erases guests who have gone; call about once a minute. */
    async tick(): Promise<void> {
      for (const guest of await guestsGone(db, now())) await eraseGuest(guest);
    },
  };
}
