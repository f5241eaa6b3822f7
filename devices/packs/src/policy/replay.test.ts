import { describe, expect, it } from 'vitest';
import { parsePolicy } from './parse-policy.ts';
import { comparePolicies, type MeasuredTurn, replaySession } from './replay.ts';

const policy = (failed: number) =>
  parsePolicy(`rules:
  - { id: lost, because: { en: a, zh: b }, when: { unmatched: { atLeast: 2 } }, effect: offer }
  - { id: stuck, because: { en: a, zh: b }, when: { failedSteps: { atLeast: ${failed} } }, effect: handoff }
  - { id: grave, because: { en: a, zh: b }, when: { asked: { atLeast: 1 }, severity: { atLeast: 3 } }, effect: handoff-urgent }
`);
const turns = (...of: MeasuredTurn['measures'][]): MeasuredTurn[] => of.map((measures, at) => ({ at, measures }));

describe('a policy played over old conversations', () => {
  it('tells the strongest thing it would have done, when, and by which rule', () => {
    expect(replaySession(policy(2), turns({ unmatched: 2 }, { failedSteps: 1 }, { failedSteps: 2 }))).toEqual({
      effect: 'handoff',
      rule: 'stuck',
      turn: 3,
    });
    expect(replaySession(policy(1), turns({ unmatched: 2 }, { failedSteps: 1 }, { failedSteps: 2 }))).toEqual({
      effect: 'handoff',
      rule: 'stuck',
      turn: 2,
    });
    expect(replaySession(policy(3), turns({ unmatched: 2 }, { failedSteps: 2 }))).toEqual({ effect: 'offer', rule: 'lost', turn: 1 });
    expect(replaySession(policy(3), [])).toEqual({ effect: 'none' });
  });
  it('grants a wish and calls in an emergency whatever its rules say', () => {
    expect(replaySession(policy(9), turns({ asked: 1 }))).toEqual({ effect: 'handoff', rule: 'asked', turn: 1 });
    expect(replaySession(policy(9), turns({ asked: 1, severity: 3 }))).toEqual({ effect: 'handoff-urgent', rule: 'grave', turn: 1 });
    expect(replaySession(policy(9), [{ at: 0, measures: {}, kind: 'emergency' }])).toMatchObject({
      effect: 'handoff-urgent',
      rule: 'emergency',
    });
  });
  it('counts what changes, and names each conversation that does', () => {
    const sessions = [
      { id: 'a', turns: turns({ failedSteps: 1 }) },
      { id: 'b', turns: turns({ failedSteps: 2 }) },
      { id: 'c', turns: turns({ turns: 1 }) },
    ];
    const { was, would, differences } = comparePolicies(policy(2), policy(1), sessions);
    expect([was.handoff, was.none, would.handoff, would.none]).toEqual([1, 2, 2, 1]);
    expect(differences).toEqual([
      { session: 'a', at: 0, turns: 1, was: { effect: 'none' }, would: { effect: 'handoff', rule: 'stuck', turn: 1 } },
    ]);
  });
  it('says in how many a rule on the mood could not be judged, since nobody agreed to have it kept', () => {
    const upset = parsePolicy(
      'rules:\n  - { id: upset, because: { en: a, zh: b }, when: { sentiment: { atMost: -0.3 } }, effect: handoff }',
    );
    const sessions = [
      { id: 'kept', turns: turns({ sentiment: -0.6 }) },
      { id: 'not-kept', turns: turns({ turns: 1 }) },
    ];
    expect(comparePolicies(policy(2), upset, sessions)).toMatchObject({ unread: 1, would: { handoff: 1, none: 1 } });
    expect(comparePolicies(policy(2), policy(1), sessions).unread).toBe(0);
  });
  it('is refused with every problem when it is no policy', () => {
    expect(() => parsePolicy('rules: 7')).toThrow(/rules/);
    expect(() => parsePolicy('rules:\n  - { id: x, effect: shout }')).toThrow(/effect/);
    expect(() => parsePolicy('{{{')).toThrow(/policy.yaml/);
    expect(() => parsePolicy(`rules: ${'['.repeat(5_000)}`)).toThrow();
  });
});
