import type { CommandReport } from '@wayside/contract';
import { type Pack, procedureFile } from '@wayside/packs';
import { describe, expect, it } from 'vitest';
import type { Progress } from '../../repair/progress.ts';
import type { Session } from '../session.ts';
import { newState } from '../state.ts';
import { afterCommand } from './after-command.ts';

const both = (en: string, zh: string) => ({ en, zh });
const { procedures } = procedureFile.parse({
  procedures: {
    'make-safe': {
      title: both('Make it safe', '使其安全'),
      steps: [
        { id: 'off', text: both('Switch it off.', '关掉它。'), action: { name: 'stop' }, on: { done: 'person' } },
        {
          id: 'reset',
          text: both('Reset it. Does it run?', '复位。转了吗？'),
          action: { name: 'stop' },
          on: { failed: 'person' },
        },
        { id: 'later', text: both('Wait.', '等待。') },
      ],
    },
  },
});
const pack = { procedures, thing: { signals: {}, actions: {} } } as unknown as Pack;
const progress: Progress = {
  thing: 'm1',
  person: '',
  procedure: 'make-safe',
  showed: [],
  step: 'off',
  path: [],
  done: false,
  startedAt: 1,
  changedAt: 1,
};
const command = {
  command: 'c1',
  session: 's1',
  thing: 'm1',
  action: 'stop',
  title: both('Stop it', '停机'),
  args: {},
  risk: 'R2',
  state: 'done',
  origin: { kind: 'step', procedure: 'make-safe', step: 'off' },
} as unknown as CommandReport;
const session = { id: 's1', locale: 'en', state: { ...newState('en', 'm1'), procedure: { thing: 'm1', id: 'make-safe' } } } as Session;
const context = { locale: 'en', thing: { id: 'm1' }, packOf: () => pack, faults: [], rate: () => undefined } as never;

describe('after a command of a step', () => {
  it('a person is called when the step says that one takes over from there', () => {
    const unasked = afterCommand(command, session, { context, pack, progress, now: 2 })!;
    expect(unasked.answer.text).toMatch(
      /^The machine says it is done: Stop it\. I am handing this to a person.*this step calls for a person/,
    );
    expect(unasked).toMatchObject({
      calls: { id: 'procedure', because: { en: expect.stringMatching(/Switch it off/) } },
      repair: { dropped: progress },
      stepTried: { step: 'off', outcome: 'done' },
    });
    expect(unasked.state.procedure).toBeUndefined();
  });

  it('the step asks what came of it before it counts as done', () => {
    const origin = { ...command.origin, step: 'reset' } as CommandReport['origin'];
    const at = { context, pack, progress: { ...progress, step: 'reset' }, now: 2 };
    const unasked = afterCommand({ ...command, origin }, session, at)!;
    expect(unasked.answer).toMatchObject({ text: expect.stringMatching(/Does it run\?$/), step: { step: 'reset', asks: true } });
    expect(unasked.answer.step).not.toHaveProperty('action');
    expect(unasked).not.toHaveProperty('stepTried');
  });

  it('nobody is called, and nothing called done, when the machine did not do it', () => {
    const unasked = afterCommand({ ...command, state: 'failed' }, session, { context, pack, progress, now: 2 })!;
    expect(unasked.answer.text).toMatch(/by hand/);
    expect(unasked).not.toHaveProperty('calls');
  });
});
