import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Turn } from '@wayside/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addTurn, agreeIn, openSession, sayTurn, turnsOf } from '../dialogue/session.ts';
import { createLog } from '../log.ts';
import { type EdgeStore, openEdgeStore } from '../store/open.ts';
import { waiting } from '../sync/outbox.ts';
import { codeLastsMs, createCodes } from './codes.ts';
import { pastOf } from './past.ts';
import { createPeople, type People } from './people.ts';
import { freeTries, lockFor } from './pin.ts';
import type { Who } from './standings.ts';
import { guestStaysMs } from './visits.ts';

let folder: string;
let store: EdgeStore;
let people: People;
let time: number;

const nobody: Who = { script: false, badge: undefined };
const script: Who = { script: true, badge: undefined };
const room = () =>
  createPeople({
    db: store.db,
    edge: 'edge-1',
    log: createLog('silent', 'test'),
    now: () => time,
    linesOf: turnsOf,
    link: () => undefined,
    forgetAside: async () => {},
    unnamedTalk: 'here',
    conversationDays: 365,
    onRecord: () => {},
  });
const open = async () => {
  store = await openEdgeStore(join(folder, 'edge.db'), () => time);
  people = room();
  await people.load();
};
const wearing = (secret: string | undefined): Who => ({ script: false, badge: people.badge(secret) });
const enter = async (person: string, pin?: string): Promise<Who> => {
  const entered = await people.enter(person, pin, 'test');
  if (entered.outcome !== 'entered') throw new Error(entered.outcome);
  return wearing(entered.secret);
};
/** Ada is the owner, Ben a child with a PIN. */
const family = async () => {
  const ada = await people.add(nobody, { name: 'Ada', role: 'member' }, 'kiosk');
  const owner = wearing(ada.secret);
  const ben = await people.add(owner, { name: 'Ben', role: 'child', pin: '2468' }, 'kiosk');
  return { owner, ada: ada.person.person, ben: ben.person.person };
};
const talk = async (person: string | undefined, text: string) => {
  const session = await openSession(
    store.db,
    { channel: 'panel', locale: 'en', onlyHere: people.keepsToEdge(person), ...(person ? { person } : {}) },
    time,
  );
  const turn: Turn = { id: `t${Math.random()}`, session: session.id, at: time, by: 'operator', text, citations: [] };
  await sayTurn(store.db, session, turn, time);
  return session.id;
};
const told = async () => (await waiting(store.db, 100)).map(({ kind }) => kind);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wayside-people-'));
  time = Date.UTC(2026, 10, 22, 10);
  await open();
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

describe('who is at the machine', () => {
  it('is anyone, with every right, until people are set up; the first of them is the owner and is in at once', async () => {
    expect(people.me(nobody)).toMatchObject({ standing: 'anyone', mayAgreeTo: 'R2', manages: true });
    const { owner } = await family();
    expect(people.me(owner)).toMatchObject({ standing: 'owner', name: 'Ada', mayAgreeTo: 'R2', manages: true });
    expect(people.me(nobody)).toMatchObject({ standing: 'unknown', mayAgreeTo: 'R1', manages: false });
  });

  it('is known by a PIN, which is kept neither as it is nor shown, and nobody adds people but the owner', async () => {
    const { ben } = await family();
    expect(await people.enter(ben, undefined, 'kiosk')).toEqual({ outcome: 'wrong-pin', triesLeft: 4 });
    const who = await enter(ben, '2468');
    expect(people.me(who)).toMatchObject({ standing: 'child', mayAgreeTo: 'R1', manages: false, person: ben });
    expect(JSON.stringify(people.list())).not.toMatch(/scrypt|2468/);
    await expect(people.add(who, { name: 'Cy', role: 'member' }, 'kiosk')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(people.add(nobody, { name: 'Cy', role: 'owner' }, 'kiosk')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(people.change(who, 'me', { role: 'owner' })).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('is not looked at after five wrong PINs in a row, nor after a restart, nor with the right one; the pause doubles', async () => {
    const { ben } = await family();
    const results = [];
    for (let n = 0; n < freeTries; n++) results.push(await people.enter(ben, '0000', 'kiosk'));
    expect(results.map((one) => ('triesLeft' in one ? one.triesLeft : one.outcome))).toEqual([4, 3, 2, 1, 'locked']);
    await store.close();
    await open();
    expect(await people.enter(ben, '2468', 'kiosk')).toEqual({ outcome: 'locked', until: time + 60_000 });
    time += 60_001;
    expect(await people.enter(ben, '1111', 'kiosk')).toEqual({ outcome: 'locked', until: time + 120_000 });
    time += 120_001;
    expect((await people.enter(ben, '2468', 'kiosk')).outcome).toBe('entered');
    expect(lockFor(1_000)).toBe(3_600_000);
  });

  it('counts tries that come at once one by one', async () => {
    const { ben } = await family();
    const all = await Promise.all(Array.from({ length: 8 }, () => people.enter(ben, '0000', 'kiosk')));
    expect(all.filter(({ outcome }) => outcome === 'locked')).toHaveLength(4);
  });

  it('may be two of one name in no household, nor a household without an owner', async () => {
    const { owner } = await family();
    await expect(people.add(owner, { name: 'ada', role: 'member' }, 'kiosk')).rejects.toMatchObject({ code: 'conflict' });
    await expect(people.remove(owner, 'me')).rejects.toMatchObject({ code: 'conflict' });
    await expect(people.change(owner, 'me', { role: 'member' })).rejects.toMatchObject({ code: 'conflict' });
  });

  it('speaks for nobody else, and reads nobody else’s conversations', async () => {
    const { owner, ada, ben } = await family();
    const kid = await enter(ben, '2468');
    expect(() => people.speaker(nobody, ben)).toThrow(/speak for somebody else/);
    expect(() => people.speaker(script, 'g_made-up')).toThrow(/speak for somebody else/);
    expect(people.speaker(kid, ada)).toBe(ben);
    expect(people.speaker(script, ben)).toBe(ben);
    expect(people.speaker(nobody, 'Kim')).toBe('Kim');
    expect(people.mayEnterSession(kid, ada)).toBe(false);
    expect(people.mayEnterSession(nobody, ben)).toBe(false);
    expect(people.mayEnterSession(owner, ada)).toBe(true);
    await expect(people.past(kid, ada)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(people.export(kid, ada)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(people.change(owner, ben, { shares: true })).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('likes what they like, one thing at a time, and a language or none', async () => {
    const { owner } = await family();
    await people.change(owner, 'me', { preferences: { units: 'us', locale: 'zh' } });
    await people.change(owner, 'me', { preferences: { verbosity: 'short' } });
    expect(people.me(owner).preferences).toEqual({ units: 'us', locale: 'zh', verbosity: 'short', theme: 'auto' });
    await people.change(owner, 'me', { preferences: { locale: null } });
    expect(people.me(owner).preferences).toEqual({ units: 'us', verbosity: 'short', theme: 'auto' });
  });

  it('is forgotten by a shared screen half an hour after the last word where a PIN guards the name, and not while it is used', async () => {
    const { ben } = await family();
    const entered = await people.enter(ben, '2468', 'kiosk');
    if (entered.outcome !== 'entered') throw new Error('not in');
    for (let n = 0; n < 4; n++) {
      time += 20 * 60_000;
      expect(people.badge(entered.secret, true)).toBeDefined();
    }
    // A screen that only looks does not count.
    time += 29 * 60_000;
    expect(people.badge(entered.secret)).toBeDefined();
    time += 2 * 60_000;
    expect(people.badge(entered.secret)).toBeUndefined();
  });

  it('is forgotten by every screen when the PIN changes, and by one without a PIN after half a day', async () => {
    const { ben } = await family();
    const first = await people.enter(ben, '2468', 'kiosk');
    const second = await people.enter(ben, '2468', 'tablet');
    if (first.outcome !== 'entered' || second.outcome !== 'entered') throw new Error('not in');
    await people.change(wearing(first.secret), 'me', { pin: '1357' });
    expect(people.badge(second.secret)).toBeUndefined();
    expect(people.badge(first.secret)).toBeDefined();
    time += 13 * 3_600_000;
    expect(people.badge(first.secret)).toBeUndefined();
  });
});

describe('a phone', () => {
  it('comes in once by a code, as the person who asked for it, and stays after a restart', async () => {
    const { owner, ada } = await family();
    const { code } = people.offerPhone(owner, 'me');
    const phone = await people.pair(code, 'iPhone · Safari');
    if (phone.outcome !== 'entered') throw new Error(phone.outcome);
    expect(await people.pair(code, 'another')).toEqual({ outcome: 'wrong-code' });
    await store.close();
    await open();
    expect(people.badge(phone.secret)).toMatchObject({ person: ada, how: 'phone' });
    const { devices = [] } = people.me(wearing(phone.secret));
    expect(devices.map(({ how, name }) => [how, name])).toContainEqual(['phone', 'iPhone · Safari']);
    await people.dropDevice(wearing(phone.secret), 'me', people.badge(phone.secret)?.hash ?? '');
    expect(people.badge(phone.secret)).toBeUndefined();
  });

  it('finds a code void after five minutes, or once a newer one is made', () => {
    const codes = createCodes(() => time);
    const first = codes.make('p').code;
    const second = codes.make('p').code;
    expect(codes.redeem(first).outcome).toBe('wrong');
    time += codeLastsMs + 1;
    expect(codes.redeem(second).outcome).toBe('wrong');
  });

  it('guesses no code: after twenty wrong ones none is looked at for a while, not even the right one', () => {
    const codes = createCodes(() => time);
    const { code } = codes.make('p');
    for (let n = 0; n < 20; n++) codes.redeem(code === '00000000' ? '00000001' : '00000000');
    expect(codes.redeem(code)).toEqual({ outcome: 'locked', until: time + 600_000 });
  });
});

describe('what is kept of somebody', () => {
  const filed = async () => {
    const files = await Promise.all((await readdir(folder)).map((file) => readFile(join(folder, file))));
    return Buffer.concat(files).toString('latin1');
  };

  it('of a guest: nothing after the visit, not even in the file, and nothing goes to the hub', async () => {
    await family();
    const guest = wearing(await people.visit('kiosk'));
    expect(people.me(guest)).toMatchObject({ standing: 'guest', mayAgreeTo: 'R1' });
    const session = await talk(guest.badge?.person, 'xylophone in the boot');
    expect(await filed()).toContain('xylophone');
    expect(await told()).toEqual([]);
    await people.leave(guest);
    expect(await store.db.selectFrom('session').select('id').where('id', '=', session).execute()).toEqual([]);
    expect(await filed()).not.toContain('xylophone');
    expect(people.badge('anything')).toBeUndefined();
  });

  it('of a guest who just walks off: nothing half an hour later; one who waits for a technician is waited with', async () => {
    const one = wearing(await people.visit('kiosk')).badge?.person;
    const two = wearing(await people.visit('kiosk')).badge?.person;
    await talk(one, 'hello');
    const asked = await talk(two, 'help');
    const handoff = {
      case: 'c1',
      session: asked,
      at: time,
      state: 'seen',
      rule: 'asked',
      urgency: 'normal',
      technician: null,
      capsule: '{}',
    };
    await store.db.insertInto('handoff').values(handoff).execute();
    time += guestStaysMs - 1_000;
    await people.tick();
    expect(await store.db.selectFrom('session').select('id').execute()).toHaveLength(2);
    time += 2_000;
    await people.tick();
    expect((await store.db.selectFrom('session').select('id').execute()).map(({ id }) => id)).toEqual([asked]);
    await store.db.updateTable('handoff').set({ state: 'resolved' }).execute();
    await people.tick();
    expect(await store.db.selectFrom('session').select('id').execute()).toEqual([]);
  });

  it('of nobody in particular, or of a name nobody here bears: no word goes to the hub, for nobody agreed to it', async () => {
    await talk(undefined, 'first');
    await talk('Kim', 'second');
    expect(await told()).toEqual([]);
    expect(
      [undefined, 'Kim'].map((person) => people.isAlone(person)),
      'a rule may still bring a technician',
    ).toEqual([false, false]);
    const guest = await people.visit('kiosk');
    expect(people.isAlone(people.badge(guest)?.person)).toBe(true);
  });

  it('of a person: their words stay at the edge until they agree, follow then, and are taken back when they change their mind', async () => {
    const { owner, ada } = await family();
    await talk(ada, 'before the consent');
    expect(await told()).toEqual([]);
    await people.change(owner, 'me', { shares: true });
    await talk(ada, 'after it');
    expect(await told()).toEqual(['person', 'session', 'turn', 'session', 'turn']);
    await people.change(owner, 'me', { shares: false });
    expect(await told()).toEqual(['person', 'person', 'person', 'person', 'person', 'person']);
    expect(JSON.stringify(await waiting(store.db, 100))).not.toMatch(/before the consent|after it/);
    expect((await people.past(owner, 'me')).map(({ opening }) => opening).sort()).toEqual(['after it', 'before the consent']);
  });

  it('can be taken along whole, without what proves the PIN', async () => {
    const { ben } = await family();
    const kid = await enter(ben, '2468');
    await talk(ben, 'is it safe?');
    const file = await people.export(kid, 'me');
    expect(file).toMatchObject({ format: 'wayside-person/1', profile: { name: 'Ben', role: 'child' } });
    expect(file.sessions[0]?.turns[0]).toMatchObject({ by: 'operator', text: 'is it safe?' });
    expect(JSON.stringify(file)).not.toMatch(/scrypt/);
  });

  it('goes when they are removed: profile, words, screens; the record of what was done to the machine stays', async () => {
    const { owner, ben } = await family();
    const kid = await people.enter(ben, '2468', 'kiosk');
    const session = await talk(ben, 'marmalade');
    const row = { command: 'c1', session, person: ben, action: 'beep', args: '{}', how: 'asked', told: '{}', at: 1, expires: 2, usedAt: 1 };
    await store.db.insertInto('consent').values(row).execute();
    await people.remove(owner, ben);
    expect(people.list().map(({ name }) => name)).toEqual(['Ada']);
    expect(people.badge(kid.outcome === 'entered' ? kid.secret : '')).toBeUndefined();
    expect(await filed()).not.toContain('marmalade');
    expect(await store.db.selectFrom('consent').selectAll().execute()).toEqual([{ ...row, person: null }]);
    // The erasure is recorded, and told, so that the hole in the record is no silent one.
    expect(await told()).toEqual(['erase', 'person']);
  });
});

describe('what somebody lets be known or kept of them', () => {
  const agreements = async () =>
    (
      await store.db
        .selectFrom('recordEntry')
        .leftJoin('recordBody', 'recordBody.n', 'recordEntry.n')
        .select('recordBody.body')
        .where('kind', '=', 'agreement')
        .orderBy('recordEntry.n')
        .execute()
    ).map(({ body }) => (body === null ? null : JSON.parse(body)));
  const voice = { agreedAt: 1, vector: Array.from({ length: 256 }, () => 0) };

  it('is in the record for their mood and what reaches them too, once for each change', async () => {
    const { id } = await openSession(store.db, { channel: 'text', locale: 'en' }, time);
    await agreeIn(store.db, id, { mood: true }, time);
    await agreeIn(store.db, id, { mood: true }, time + 1);
    await agreeIn(store.db, id, { mood: false, contact: true }, time + 2);
    const said = { session: id };
    expect(await agreements()).toEqual([
      { ...said, to: 'mood', given: true, at: time },
      { ...said, to: 'mood', given: false, at: time + 2 },
      { ...said, to: 'contact', given: true, at: time + 2 },
    ]);
  });

  it('of their voice stands in the record with its withdrawal, each in the transaction of the change, and goes no further than this edge', async () => {
    const { owner, ada } = await family();
    const before = (await waiting(store.db, 100)).length;
    await people.household.change(ada, { voice });
    await people.change(owner, 'me', { name: 'Ada L' });
    await people.change(owner, 'me', { voice: null });
    await people.change(owner, 'me', { voice: null });
    const said = { to: 'voice', person: ada, at: time };
    expect(await agreements()).toEqual([
      { ...said, given: true },
      { ...said, given: false },
    ]);
    expect(await waiting(store.db, 100)).toHaveLength(before);
    const undone = people.household.change(ada, { voice }, async () => {
      throw new Error('no room');
    });
    await expect(undone).rejects.toThrow('no room');
    expect(await agreements()).toHaveLength(2);
  });

  it('of their voice is erased with the person; that it was stays as a commitment to what nobody knows', async () => {
    const { owner, ben } = await family();
    await people.household.change(ben, { voice });
    await people.remove(owner, ben);
    expect(await agreements()).toEqual([null]);
  });
});

describe('what somebody talked about before', () => {
  it('begins with where they spoke last, whatever the machine went on to say elsewhere', async () => {
    const { ada } = await family();
    const lights = await talk(ada, 'turn on the hazard lights');
    time += 1_000;
    const safe = await talk(ada, 'is it safe to drive on');
    time += 1_000;
    await addTurn(store.db, {
      id: 't_seen',
      session: lights,
      at: time,
      by: 'agent',
      text: 'They are on.',
      rung: 'diagnosis',
      citations: [],
    });
    expect((await pastOf(store.db, ada)).map(({ session }) => session)).toEqual([safe, lights]);
    await addTurn(store.db, {
      id: 't_person',
      session: lights,
      at: time,
      by: 'technician',
      name: 'Robin',
      text: 'Hello.',
      rung: 'human',
      citations: [],
    });
    expect((await pastOf(store.db, ada)).map(({ session }) => session)).toEqual([lights, safe]);
  });
});
