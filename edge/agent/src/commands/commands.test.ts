import type { CommandReport } from '@wayside/contract';
import type { Action, Command as WireCommand } from '@wayside/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../log.ts';
import { whyNot } from '../profiles/permit.ts';
import { type EdgeStore, openEdgeStore } from '../store/open.ts';
import { waiting } from '../sync/outbox.ts';
import { type Commands, createCommands } from './commands.ts';
import { commandsOf } from './keep.ts';
import type { Commanded } from './propose.ts';

const both = (text: string) => ({ en: text, zh: `${text}。` });
const action = (more: Partial<Action> & Pick<Action, 'risk'>): Action => ({
  title: both('Do'),
  effect: both('It does.'),
  args: {},
  ...more,
});
const actions: Record<string, Action> = {
  beep: action({ risk: 'R1' }),
  lights: action({
    risk: 'R1',
    args: { on: { type: 'boolean' } },
    expect: { signal: 'lit', isArg: 'on', tolerance: 0, within: '5s' },
  }),
  clear: action({ risk: 'R2', interlocks: [{ signal: 'speed', below: 1 }] }),
  launch: action({ risk: 'R3' }),
};

let store: EdgeStore;
let commands: Commands;
let time: number;
let mono: number;
let thing: Omit<Commanded, 'busy'>;
let sent: { thing: string; command: WireCommand }[];
let told: CommandReport[];
const values = new Map<string, { value: number | boolean; age: number }>();

const room = () =>
  createCommands({
    db: store.db,
    log: createLog('silent', 'test'),
    now: () => time,
    monotonic: () => mono,
    whyNot: (person, risk) => (person === 'child' ? whyNot('child', risk) : undefined),
    thing: (id) => (id === 'car-1' ? thing : undefined),
    send: async (to, command) => void sent.push({ thing: to, command }),
    onChange: (report) => told.push(report),
  });
const pass = async (ms: number) => {
  time += ms;
  mono += ms;
  commands.tick();
  await commands.idle();
};
const ask = (name: string, args = {}) =>
  commands.propose({ session: 's', thing: 'car-1', name, args, origin: { kind: 'asked' } }, () => undefined);
const agree = async (id: string, how: 'asked' | 'agreed' = 'agreed') => {
  await commands.consent(id, { session: 's', how });
  await commands.idle();
};
const answer = async (id: string, state: 'done' | 'refused' | 'failed', detail?: string) => {
  commands.outcome('car-1', { id, state, ...(detail ? { detail } : {}) });
  await commands.idle();
};
const sample = async (signal: string, value: boolean) => {
  time += 10;
  commands.samples('car-1', [{ thing: 'car-1', signal, value, observedAt: time, receivedAt: time, quality: 'good' }]);
  await commands.idle();
};
const state = () => told.at(-1)?.state;
const records = async () =>
  (await waiting(store.db, 100)).map(({ kind, body }) => (kind === 'command' ? (body as CommandReport).state : kind));

beforeEach(async () => {
  time = Date.UTC(2026, 10, 22, 10);
  mono = 0;
  sent = [];
  told = [];
  values.clear();
  values.set('speed', { value: 0, age: 0 });
  values.set('lit', { value: false, age: 0 });
  thing = {
    online: true,
    actions,
    signals: { speed: { title: both('Speed'), type: 'number' }, lit: { title: both('Lit'), type: 'boolean' } },
    latest(signal) {
      const found = values.get(signal);
      return found && { value: found.value, observedAt: time - found.age, receivedAt: time - found.age, quality: 'good' };
    },
  };
  store = await openEdgeStore(':memory:', () => time);
  commands = room();
});
afterEach(() => store.close());

describe('a command on its way', () => {
  it('is proposed, agreed to, sent once, answered and read back, and recorded in that order', async () => {
    const { command } = await ask('lights', { on: true });
    expect(sent).toEqual([]);
    await agree(command);
    expect(sent).toEqual([
      {
        thing: 'car-1',
        command: { id: command, name: 'lights', args: { on: true }, expires: time + 10_000, lease: expect.stringMatching(/^[\w-]{22}$/) },
      },
    ]);
    await answer(command, 'done');
    expect(state()).toBe('reading-back');
    await sample('lit', false);
    await sample('lit', true);
    expect(told.at(-1)).toMatchObject({
      state: 'confirmed',
      readBack: { met: true, value: true },
      undo: { name: 'lights', args: { on: false } },
    });
    expect(await records()).toEqual(['proposed', 'consent', 'consented', 'lease', 'running', 'reading-back', 'confirmed']);
    expect(await commandsOf(store.db, 's')).toEqual([told.at(-1)]);
  });

  it('is overtaken by one of the same kind: what is read then tells of that one, which is taken back to what the first had set', async () => {
    const first = await ask('lights', { on: true });
    await agree(first.command);
    await answer(first.command, 'done');
    const second = await ask('lights', { on: false });
    await agree(second.command);
    expect(told.find(({ command, state: is }) => command === first.command && is === 'done')).toBeDefined();
    await answer(second.command, 'done');
    await sample('lit', false);
    expect(told.at(-1)).toMatchObject({ command: second.command, state: 'confirmed', undo: { name: 'lights', args: { on: true } } });
    await pass(5_001);
    expect(told.some((one) => one.state === 'not-seen')).toBe(false);
  });

  it('whose effect the signal does not show in time is not called done', async () => {
    const { command } = await ask('lights', { on: true });
    await agree(command);
    await answer(command, 'done');
    await sample('lit', false);
    await pass(5_001);
    expect(told.at(-1)).toMatchObject({ state: 'not-seen', readBack: { met: false, value: false } });
  });

  it('that nobody answers is not known to be done, is not sent again, and a late answer still counts', async () => {
    const { command } = await ask('beep');
    await agree(command);
    await pass(10_001);
    expect(state()).toBe('no-answer');
    await answer(command, 'failed', 'stuck');
    expect(told.at(-1)).toMatchObject({ state: 'failed', detail: 'stuck' });
    expect(sent).toHaveLength(1);
  });

  it('takes an answer only from the device it was sent to', async () => {
    const { command } = await ask('beep');
    await agree(command);
    commands.outcome('pump-1', { id: command, state: 'done' });
    await commands.idle();
    expect(state()).toBe('running');
  });

  it('goes to one device one at a time', async () => {
    const { command } = await ask('beep');
    await agree(command);
    expect(await ask('lights', { on: true })).toMatchObject({ state: 'refused', why: { en: expect.stringMatching(/still carrying out/) } });
  });
});

describe('consent', () => {
  it('is needed, is one person’s in one conversation, and is good once', async () => {
    const { command } = await ask('clear');
    await expect(commands.consent(command, { session: 'other', how: 'agreed' })).rejects.toMatchObject({ code: 'not-found' });
    await agree(command);
    await expect(commands.consent(command, { session: 's', how: 'agreed' })).rejects.toMatchObject({ code: 'conflict' });
    expect(sent).toHaveLength(1);
  });

  it('that is given twice at the same moment is given once, and what it is for is sent once', async () => {
    const { command } = await ask('lights', { on: true });
    const both = await Promise.allSettled([1, 2].map(() => commands.consent(command, { session: 's', how: 'agreed' })));
    await commands.idle();
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(sent).toHaveLength(1);
  });

  it('runs out after a minute, also when the clock is set back', async () => {
    const { command } = await ask('clear');
    time -= 3_600_000;
    mono += 60_001;
    await expect(commands.consent(command, { session: 's', how: 'agreed' })).rejects.toMatchObject({ code: 'conflict' });
    expect(state()).toBe('expired');
    expect(sent).toEqual([]);
  });

  it('does not survive a restart, and what was sent before it is said to be unknown', async () => {
    const waits = await ask('clear');
    const { command } = await commands.propose(
      { session: 's2', thing: 'car-1', name: 'beep', args: {}, origin: { kind: 'asked' } },
      () => undefined,
    );
    await commands.consent(command, { session: 's2', how: 'asked' });
    await commands.idle();
    commands = room();
    await commands.load();
    await commands.idle();
    expect((await commandsOf(store.db, 's')).at(-1)).toMatchObject({ command: waits.command, state: 'expired' });
    expect((await commandsOf(store.db, 's2')).at(-1)?.state).toBe('no-answer');
    expect(sent).toHaveLength(1);
  });

  it('to an older proposal is void once another was made', async () => {
    const first = await ask('clear');
    await ask('beep');
    await commands.idle();
    await expect(commands.consent(first.command, { session: 's', how: 'agreed' })).rejects.toThrow();
  });

  it('can be withheld', async () => {
    const { command } = await ask('clear');
    await commands.cancel(command, 's');
    await expect(agree(command)).rejects.toThrow();
    expect(state()).toBe('cancelled');
  });
});

describe('what is refused', () => {
  it('R3, whatever anyone set, and that it was asked for is recorded', async () => {
    expect(await ask('launch')).toMatchObject({ state: 'refused', why: { en: expect.stringMatching(/never done from here/) } });
    expect(await records()).toEqual(['refused']);
  });

  it.each([
    ['nothing', {}, 'not-found'],
    ['toString', {}, 'not-found'],
    ['lights', {}, 'invalid'],
    ['lights', { on: 'yes' }, 'invalid'],
    ['beep', { loud: true }, 'invalid'],
  ])('%s %j is no command', async (name, args, code) => {
    await expect(ask(name, args)).rejects.toMatchObject({ code });
    expect(await records()).toEqual([]);
  });

  it('anything for a machine that is not connected: it is not kept for later', async () => {
    thing.online = false;
    expect(await ask('beep')).toMatchObject({ state: 'refused', why: { en: expect.stringMatching(/do not keep commands/) } });
  });

  it.each([
    ['the machine moves', () => values.set('speed', { value: 50, age: 0 }), /needs Speed below 1/],
    ['its data is old', () => values.set('speed', { value: 0, age: 2_500 }), /too old/],
    ['its data is missing', () => values.delete('speed'), /not known/],
    ['it is gone', () => (thing.online = false), /not connected/],
  ])('in the last moment, when between consent and execution %s', async (_, happens, why) => {
    const { command } = await ask('clear');
    happens();
    await agree(command);
    expect(told.at(-1)).toMatchObject({ state: 'refused', why: { en: expect.stringMatching(why) } });
    expect(sent).toEqual([]);
  });

  it('what somebody may ask for and not agree to: nothing is agreed, nothing is sent, and it can still be agreed to by who may', async () => {
    const { command } = await ask('clear');
    const by = (person: string) => commands.consent(command, { session: 's', person, how: 'agreed' });
    await expect(by('child')).rejects.toMatchObject({ code: 'forbidden', message: expect.stringMatching(/An adult has to agree/) });
    expect(sent).toEqual([]);
    expect(await store.db.selectFrom('consent').selectAll().execute()).toEqual([]);
    await by('parent');
    await commands.idle();
    expect(sent).toHaveLength(1);
  });

  it('when the car starts to move while the consent is being written', async () => {
    const { command } = await ask('clear');
    const looks = thing.latest;
    let asked = 0;
    thing.latest = (signal) => (++asked > 1 ? { value: 30, observedAt: time, receivedAt: time, quality: 'good' } : looks(signal));
    await agree(command);
    expect(asked).toBeGreaterThan(1);
    expect(state()).toBe('refused');
    expect(sent).toEqual([]);
  });
});
