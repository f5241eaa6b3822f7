import { type CommandState, commandState } from '@wayside/contract';
import { createRandom } from '@wayside/simulators';
import { describe, expect, it } from 'vitest';
import { advance, type Command, type CommandEvent, isOpen, meets } from './command.ts';

const proposed: Command = {
  command: 'c_1',
  session: 's_1',
  thing: 'car-1',
  action: 'lights',
  args: { on: true },
  title: { en: 'Lights', zh: '灯' },
  risk: 'R1',
  origin: { kind: 'asked' },
  state: 'proposed',
  proposedAt: 0,
  expiresAt: 60_000,
  changedAt: 0,
};
const readable: Command = {
  ...proposed,
  expect: { signal: 'lit', isArg: 'on', tolerance: 0, within: '5s' },
  readBack: { signal: 'lit', title: { en: 'Lit', zh: '亮' }, met: false },
  before: false,
};
const words = { en: 'no', zh: '不' };
const events: Record<string, CommandEvent> = {
  consent: { kind: 'consent', at: 1 },
  cancel: { kind: 'cancel', at: 1 },
  blocked: { kind: 'blocked', at: 1, why: words },
  sent: { kind: 'sent', at: 1 },
  withheld: { kind: 'withheld', at: 1, why: words },
  done: { kind: 'outcome', at: 1, state: 'done' },
  refused: { kind: 'outcome', at: 1, state: 'refused' },
  failed: { kind: 'outcome', at: 1, state: 'failed' },
  met: { kind: 'read', at: 1, value: true },
  unmet: { kind: 'read', at: 1, value: false },
  late: { kind: 'late', at: 1 },
  restart: { kind: 'restart', at: 1 },
};

/** Every way a command with a read-back can go; whatever is not here leaves it where it is. */
const ways: Partial<Record<CommandState, Record<string, CommandState>>> = {
  proposed: { consent: 'consented', cancel: 'cancelled', late: 'expired', restart: 'expired' },
  consented: { cancel: 'cancelled', blocked: 'refused', sent: 'running', late: 'expired', restart: 'expired' },
  running: { withheld: 'refused', done: 'reading-back', refused: 'declined', failed: 'failed', late: 'no-answer', restart: 'no-answer' },
  'reading-back': { met: 'confirmed', late: 'not-seen' },
  'no-answer': { done: 'reading-back', refused: 'declined', failed: 'failed', met: 'confirmed' },
};

describe('a command', () => {
  it('that changes nothing to be seen is done by the machine’s word, and neither confirmed nor missed', () => {
    const running: Command = { ...readable, state: 'running', before: true };
    expect(advance(running, events.done!).state).toBe('done');
  });

  it('goes only the ways it may, from every state by every event', () => {
    for (const state of commandState.options) {
      for (const [name, event] of Object.entries(events)) {
        const to = advance({ ...readable, state }, event).state;
        expect(`${state} ${name} → ${to}`).toBe(`${state} ${name} → ${ways[state]?.[name] ?? state}`);
      }
    }
  });

  it('is never carried out without consent, nor twice', () => {
    const names = Object.keys(events);
    const random = createRandom(7, 'commands');
    const pick = () => names[Math.floor(random() * names.length)] as string;
    for (let run = 0; run < 20_000; run++) {
      let command = run % 2 ? proposed : readable;
      let consents = 0;
      let executions = 0;
      for (let n = 0; n < 12; n++) {
        const before = command.state;
        command = advance(command, events[pick()] as CommandEvent);
        if (before === 'proposed' && command.state === 'consented') consents++;
        if (before !== 'running' && command.state === 'running') {
          executions++;
          expect(before).toBe('consented');
        }
      }
      expect(executions).toBeLessThanOrEqual(Math.min(consents, 1));
    }
  });

  it('without a signal that shows it rests on the word of the device', () => {
    const { state } = advance({ ...proposed, state: 'running' }, events.done as CommandEvent);
    expect(state).toBe('done');
    expect(isOpen({ state })).toBe(false);
  });

  it('whose effect is seen before the device answers is confirmed by the answer, or without one', () => {
    const seen = advance({ ...readable, state: 'running' }, events.met as CommandEvent);
    expect(seen.state).toBe('running');
    expect(advance(seen, events.done as CommandEvent).state).toBe('confirmed');
    expect(advance(seen, events.late as CommandEvent).state).toBe('confirmed');
    expect(advance(seen, events.failed as CommandEvent).state).toBe('failed');
  });

  it('says how to take it back: by what the pack says, else by what the signal read before', () => {
    const done = (command: Command) => advance({ ...command, state: 'reading-back' }, events.met as CommandEvent).undo;
    expect(done(readable)).toEqual({ name: 'lights', args: { on: false } });
    expect(done({ ...readable, before: true })).toBeUndefined();
    // As soon as the device says that it is done, though its readings do not show it yet.
    expect(advance({ ...readable, state: 'running' }, events.done as CommandEvent)).toMatchObject({
      state: 'reading-back',
      undo: { name: 'lights', args: { on: false } },
    });
    expect(done({ ...readable, inverse: { name: 'dark', args: {} } })).toEqual({ name: 'dark', args: {} });
  });
});

describe('what a signal must read', () => {
  it.each([
    [{ above: 3 }, 4, true],
    [{ above: 3 }, 3, false],
    [{ above: 3 }, 'high', false],
    [{ below: 3 }, 2, true],
    [{ is: 'off' }, 'off', true],
    [{ is: 'off' }, 'on', false],
    [{ isArg: 'on' }, true, true],
    [{ isArg: 'level', tolerance: 0.5 }, 20.4, true],
    [{ isArg: 'level', tolerance: 0.5 }, 20.6, false],
    [{ isArg: 'nothing' }, true, false],
  ])('%j with %j is met: %j', (wanted, value, met) => {
    expect(meets({ signal: 's', tolerance: 0, within: '5s', ...wanted }, { on: true, level: 20 }, value)).toBe(met);
  });
});
