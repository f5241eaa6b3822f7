import { type Preferences, type PreferencesChange, preferences as preferencesSchema, type Role } from '@wayside/contract';
import { newId, WaysideError } from '@wayside/protocol';
import { noteAgreement } from '../consent/agreement.ts';
import { createInOrder } from '../in-order.ts';
import type { Log } from '../log.ts';
import type { Db } from '../store/schema.ts';
import type { Standing } from './permit.ts';
import { freeTries, hashPin, isPin, lockFor } from './pin.ts';
import { isGuest, mostProfiles, type Profile, profile } from './profile.ts';

export type NewProfile = { name: string; role: Role; pin?: string | undefined; preferences?: PreferencesChange | undefined };
/** `pin: null` and `voice: null` take it away. */
export type ProfileChange = {
  name?: string | undefined;
  role?: Role | undefined;
  pin?: string | null | undefined;
  preferences?: PreferencesChange | undefined;
  shares?: boolean | undefined;
  voice?: Profile['voice'] | null;
};

export type PinOutcome = { outcome: 'entered' } | { outcome: 'wrong-pin'; triesLeft: number } | { outcome: 'locked'; until: number };

export type Household = {
  load(): Promise<void>;
  all(): Profile[];
  find(person: string | undefined): Profile | undefined;
  /** Who this is to the edge, by the id that a session carries. */
  standing(person: string | undefined): Standing;
  add(wanted: NewProfile): Promise<Profile>;
  /**
   * @param also in the same transaction, once the profile is changed
   * @throws WaysideError `not-found`, `conflict`
   */
  change(person: string, change: ProfileChange, also?: (tx: Db, changed: Profile) => Promise<void>): Promise<Profile>;
  /** @throws WaysideError `not-found`, `conflict` for the last owner while others are left */
  remove(person: string, also: (tx: Db) => Promise<void>): Promise<void>;
  /** Somebody whose profile was deleted by the caller is not known any more. */
  drop(person: string): void;
  /** Looks at a PIN, and counts. Where none is set, the name alone opens. @throws WaysideError `not-found` */
  tryPin(person: string, digits: string | undefined): Promise<PinOutcome>;
  /** By a code of another edge: this person has another id there, and has it here from now on. To be joined is to share. */
  rename(person: string, to: string, also: (tx: Db, renamed: Profile) => Promise<void>): Promise<Profile>;
  /** Somebody known at another edge comes here for the first time. */
  adopt(person: string, wanted: NewProfile, also: (tx: Db, made: Profile) => Promise<void>): Promise<Profile>;
};

/** The people this edge knows: few, so all are at hand; each change is stored first. */
export function createHousehold(db: Db, log: Log, now: () => number): Household {
  const known = new Map<string, Profile>();
  // One change at a time: two tries of a PIN at once must count as two.
  const one = createInOrder();
  const inTurn = <T>(act: () => Promise<T>) => one('people', act);

  function must(person: string): Profile {
    const found = known.get(person);
    if (!found) throw new WaysideError('not-found', 'There is nobody of this name here any more.');
    return found;
  }
  async function keep(changed: Profile, also: (tx: Db, changed: Profile) => Promise<void> = async () => {}): Promise<Profile> {
    const body = JSON.stringify(changed);
    await db.transaction().execute(async (tx) => {
      await tx
        .insertInto('profile')
        .values({ person: changed.person, body })
        .onConflict((c) => c.column('person').doUpdateSet({ body }))
        .execute();
      await also(tx, changed);
    });
    known.set(changed.person, changed);
    return changed;
  }
  async function make(
    person: string,
    { name, role, pin, preferences }: NewProfile,
    more: Partial<Profile> = {},
    also?: (tx: Db, made: Profile) => Promise<void>,
  ): Promise<Profile> {
    if (known.size >= mostProfiles) throw new WaysideError('conflict', `There is room for ${mostProfiles} people here. Remove one first.`);
    nobodyElse(name);
    return keep(
      profile.parse({
        person,
        name,
        // Without an owner nobody could ever add or remove anybody.
        role: known.size === 0 ? 'owner' : role,
        preferences: likes({}, preferences),
        createdAt: Math.floor(now()),
        ...(pin === undefined ? {} : { pin: await hashPin(pin) }),
        ...more,
      }),
      also,
    );
  }
  function nobodyElse(name: string, person?: string): void {
    const same = [...known.values()].find((other) => other.person !== person && other.name.toLowerCase() === name.toLowerCase());
    if (same) throw new WaysideError('conflict', `Somebody here is called ${same.name} already. Choose another name.`);
  }
  function ownerStays(person: string): void {
    const others = [...known.values()].filter((other) => other.person !== person);
    if (must(person).role === 'owner' && others.length > 0 && !others.some(({ role }) => role === 'owner'))
      throw new WaysideError('conflict', 'Somebody has to be the owner. Make another person the owner first.');
  }

  return {
    async load() {
      for (const { person, body } of await db.selectFrom('profile').selectAll().execute()) {
        const read = profile.safeParse(JSON.parse(body));
        if (read.success) known.set(person, read.data);
        else log.error({ person }, 'a profile could not be read; it is left as it is and not used');
      }
    },
    all: () => [...known.values()].sort((a, b) => a.createdAt - b.createdAt),
    find: (person) => (person === undefined ? undefined : known.get(person)),
    standing(person) {
      if (isGuest(person)) return 'guest';
      const found = person === undefined ? undefined : known.get(person);
      return found?.role ?? (known.size === 0 ? 'anyone' : 'unknown');
    },
    add: (wanted) => inTurn(() => make(newId('p', now()), wanted)),
    adopt: (person, wanted, also) =>
      inTurn(() => {
        if (known.has(person)) throw new WaysideError('conflict', 'This person is here already. Choose the name instead.');
        return make(person, wanted, { shares: true }, also);
      }),
    change: (person, { name, role, pin, preferences, shares, voice }, also) =>
      inTurn(async () => {
        const before = must(person);
        if (name !== undefined) nobodyElse(name, person);
        if (role !== undefined && role !== 'owner') ownerStays(person);
        const { pin: _, voice: known, ...rest } = before;
        const kept = voice === undefined ? known : (voice ?? undefined);
        const hashed = pin === undefined ? before.pin : pin === null ? undefined : await hashPin(pin);
        return keep(
          profile.parse({
            ...rest,
            ...(name === undefined ? {} : { name }),
            ...(role === undefined ? {} : { role }),
            ...(hashed === undefined ? {} : { pin: hashed }),
            ...(kept === undefined ? {} : { voice: kept }),
            ...(shares === undefined ? {} : { shares }),
            ...(pin === undefined ? {} : { misses: { count: 0, until: 0 } }),
            preferences: likes(before.preferences, preferences),
          }),
          async (tx, changed) => {
            const given = kept !== undefined;
            if (kept !== known) await noteAgreement(tx, { to: 'voice', given, person }, now());
            await also?.(tx, changed);
          },
        );
      }),
    remove: (person, also) =>
      inTurn(async () => {
        ownerStays(person);
        await db.transaction().execute(async (tx) => {
          await tx.deleteFrom('profile').where('person', '=', person).execute();
          await also(tx);
        });
        known.delete(person);
      }),
    drop: (person) => void known.delete(person),
    tryPin: (person, digits) =>
      inTurn(async () => {
        const found = must(person);
        if (found.pin === undefined) return { outcome: 'entered' };
        const { count, until } = found.misses;
        if (until > now()) return { outcome: 'locked', until };
        if (digits !== undefined && (await isPin(digits, found.pin))) {
          if (count > 0) await keep({ ...found, misses: { count: 0, until: 0 } });
          return { outcome: 'entered' };
        }
        const misses = { count: count + 1, until: Math.floor(now()) + lockFor(count + 1) };
        await keep({ ...found, misses });
        return misses.count < freeTries
          ? { outcome: 'wrong-pin', triesLeft: freeTries - misses.count }
          : { outcome: 'locked', until: misses.until };
      }),
    rename: (person, to, also) =>
      inTurn(async () => {
        const before = must(person);
        if (to === person) return before;
        if (known.has(to)) throw new WaysideError('conflict', 'This person is linked here already, under another name.');
        const renamed = await keep({ ...before, person: to, shares: true }, async (tx, now_) => {
          await tx.deleteFrom('profile').where('person', '=', person).execute();
          await also(tx, now_);
        });
        known.delete(person);
        return renamed;
      }),
  };
}

function likes(before: Partial<Preferences>, { locale = before.locale, ...change }: PreferencesChange = {}): Preferences {
  return preferencesSchema.parse({ ...before, ...change, locale: locale ?? undefined });
}
