import type { forget, Preferences } from '@wayside/contract';
import { type Locale, WaysideError } from '@wayside/protocol';
import type { z } from 'zod';
import type { Me, PastSession, PersonView } from '../api/types.ts';
import type { Log } from '../log.ts';
import { eraseRecordedOf } from '../record/erase.ts';
import type { ForgetAside } from '../rescue/forget-aside.ts';
import type { Db } from '../store/schema.ts';
import { takeBack } from '../sync/outbox.ts';
import { createBadges } from './badges.ts';
import { createCodes } from './codes.ts';
import { createEntrances } from './entrances.ts';
import { exportOf } from './export.ts';
import { createHousehold, type NewProfile, type ProfileChange } from './household.ts';
import { forgetPieces, pastOf, pieceOf } from './past.ts';
import { manages, mayAgreeTo } from './permit.ts';
import { defaultPreferences, isGivenOut, isGuest, type Profile } from './profile.ts';
import { createSharing } from './sharing.ts';
import { createStandings, type Who } from './standings.ts';
import { eraseSessions, firstBegan, guestsGone, overwrite, sessionsOf } from './visits.ts';

type Forget = z.infer<typeof forget>;

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
  forgetAside: ForgetAside;
  /** Where the talk of somebody who chose no name goes: nowhere until a person is asked for, or to the hub. */
  unnamedTalk: 'here' | 'hub';
  /** What is said is forgotten after so many days (`aging.ts`). */
  conversationDays: number;
  /** Something waits for the hub. */
  onRecord(): void;
}) {
  const { db, edge, log, now, forgetAside, unnamedTalk, conversationDays, onRecord } = parts;
  const household = createHousehold(db, log, now);
  const badges = createBadges(db, now);
  const codes = createCodes(now);
  const sharing = createSharing({ ...parts, household, badges });

  const { personOf, standingOf, mustManage, self } = createStandings(household);
  const viewOf = ({ person, name, role, pin, preferences: { locale } }: Profile): PersonView => ({
    person,
    name,
    role,
    hasPin: pin !== undefined,
    ...(locale ? { locale } : {}),
  });

  /** Nothing of a conversation of theirs goes to the hub until a person is asked for: unless somebody agreed, who can be asked, nobody did. */
  function keepsToEdge(person: string | undefined): boolean {
    if (isGuest(person)) return true;
    return !(household.find(person)?.shares ?? unnamedTalk === 'hub');
  }
  async function erase(person: string, sessions: readonly string[], also: (tx: Db) => Promise<void>): Promise<void> {
    await db.transaction().execute(async (tx) => {
      await eraseSessions(tx, sessions, now());
      await also(tx);
    });
    await overwrite(db);
    await badges.takeAll(person);
    codes.forget(person);
  }
  /** Everything that is kept of somebody but the profile; the hub is told. */
  async function eraseAll(tx: Db, id: string): Promise<void> {
    const sessions = await sessionsOf(tx, id);
    const found = household.find(id);
    await eraseSessions(tx, sessions, now());
    await eraseRecordedOf(tx, id, 'the person asked for it', now());
    await forgetPieces(tx, id);
    await tx.deleteFrom('progress').where('person', '=', id).execute();
    if (found) await sharing.erased(tx, found, sessions);
    await forgetAside(tx, 'erasure', () => true);
  }
  async function isGone(id: string): Promise<void> {
    await overwrite(db);
    await badges.takeAll(id);
    codes.forget(id);
    onRecord();
  }
  async function eraseGuest(person: string): Promise<void> {
    const sessions = await sessionsOf(db, person);
    const since = await firstBegan(db, sessions);
    await erase(person, sessions, async (tx) => {
      await takeBack(tx, sessions, ['session', 'turn', 'handoff', 'raise'], { at: Math.floor(now()) });
      await tx.deleteFrom('progress').where('person', '=', person).execute();
      // What was set aside before they came holds nothing of them, and is somebody's only way to look into a damage.
      if (since !== undefined) await forgetAside(tx, 'erasure', (at) => at >= since);
    });
  }
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
    keepsToEdge,
    /** They chose that nobody hears them: no rule has somebody look on unasked, either. */
    isAlone: (person: string | undefined): boolean => isGuest(person) || household.find(person)?.shares === false,

    shares: (person: string): boolean => household.find(person)?.shares === true,

    list: (): PersonView[] => household.all().map(viewOf),
    me(who: Who): Me {
      const standing = standingOf(who);
      const found = household.find(personOf(who));
      return {
        standing,
        mayAgreeTo: mayAgreeTo(standing) as Me['mayAgreeTo'],
        keptHere: keepsToEdge(personOf(who)),
        keptDays: conversationDays,
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
    ...createEntrances({ household, badges, codes, sharing, standings: { personOf, mustManage, self }, now }),
    /** Whoever was at this browser is no longer; of a guest nothing is left. */
    async leave(who: Who): Promise<void> {
      if (!who.badge) return;
      if (isGuest(who.badge.person)) await eraseGuest(who.badge.person);
      else await badges.take(who.badge.hash);
    },
    async remove(who: Who, person: string): Promise<void> {
      const id = person === 'me' ? self(who, person).person : person;
      if (id !== personOf(who)) mustManage(who);
      await household.remove(id, (tx) => eraseAll(tx, id));
      await isGone(id);
    },
    /**
     * What was erased here once, said back by the hub: it is here again when this store was put back to an image from before that. In the caller's
     * transaction; the returned act is to run after it.
     */
    async forget(tx: Db, { person, session, at }: Forget): Promise<(() => void) | undefined> {
      const again = person === undefined ? undefined : household.find(person);
      const here = session && (await tx.selectFrom('session').select('id').where('id', '=', session).executeTakeFirst());
      if (here) {
        await eraseSessions(tx, [here.id], now());
        await forgetAside(tx, 'erasure', () => true);
      }
      // Who was erased and came back is somebody new.
      const gone = again && again.createdAt <= at ? again.person : undefined;
      if (!here && gone === undefined) return undefined;
      if (gone !== undefined) {
        await eraseAll(tx, gone);
        await tx.deleteFrom('profile').where('person', '=', gone).execute();
      }
      return () => {
        if (gone !== undefined) household.drop(gone);
        const after = gone === undefined ? overwrite(db).then(onRecord) : isGone(gone);
        after.catch((err) => log.error({ err }, 'what was erased again still lies in the write-ahead log'));
      };
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
    export: async (who: Who, person: string) => exportOf(db, edge, parts.link(), self(who, person), now()),
    /** Erases guests who have gone; call about once a minute. */
    async tick(): Promise<void> {
      for (const guest of await guestsGone(db, now())) await eraseGuest(guest);
    },
  };
}
