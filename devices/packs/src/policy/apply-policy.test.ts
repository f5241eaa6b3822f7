import { describe, expect, it } from 'vitest';
import { type Measures, policyFile } from '../schema/policy.ts';
import { applyPolicy, type Called, noStanding, policyTurn, refused } from './apply-policy.ts';

const because = { en: 'because', zh: '因为' };
const policy = policyFile.parse({
  calm: { rearm: 2, afterNo: 3 },
  rules: [
    { id: 'long', because, when: { turns: { atLeast: 4 } }, effect: 'offer' },
    { id: 'lost', because, when: { unmatched: { atLeast: 2 } }, effect: 'offer' },
    { id: 'stuck', because, when: { failedSteps: { atLeast: 2 } }, effect: 'handoff' },
    { id: 'hurt', because, when: { severity: { atLeast: 3 }, failedSteps: { atLeast: 1 } }, effect: 'handoff-urgent' },
  ],
});

/** A conversation turn by turn: which rule spoke on each. */
function play(turns: Measures[], called: (turn: number) => Called = () => 'nobody', noAt?: number): (string | null)[] {
  let standing = noStanding;
  return turns.map((measures, i) => {
    const step = policyTurn(policy, standing, measures, { turn: i + 1, called: called(i + 1) });
    standing = noAt === i + 1 ? refused(policy, step.standing, i + 1) : step.standing;
    return step.outcome?.rule.id ?? null;
  });
}

describe('a policy', () => {
  it('fires when every limit is met by a measure that is known; the strongest wins, the first among equals', () => {
    expect(applyPolicy(policy, { severity: 3 })).toBeNull();
    expect(applyPolicy(policy, { turns: 9, unmatched: 2 })?.rule.id).toBe('long');
    expect(applyPolicy(policy, { turns: 9, failedSteps: 2 })?.effect).toBe('handoff');
    expect(applyPolicy(policy, { failedSteps: 2, severity: 3 })?.effect).toBe('handoff-urgent');
    expect(applyPolicy(policyFile.parse({ rules: [{ id: 'none', because, when: {}, effect: 'offer' }] }), { turns: 9 })).toBeNull();
  });

  it('says a thing once for as long as its reason stands, however long that is', () => {
    expect(play(Array.from({ length: 12 }, (_, i) => ({ turns: i + 1 })))).toEqual([
      null,
      null,
      null,
      'long',
      ...Array.from({ length: 8 }, () => null),
    ]);
  });

  it('says it again only after the reason was gone for a while: a measure that flickers at its limit does not nag', () => {
    const unmatched = (...of: number[]) => of.map((n) => ({ unmatched: n }));
    expect(play(unmatched(2, 1, 2, 1, 2, 1))).toEqual(['lost', null, null, null, null, null]);
    expect(play(unmatched(2, 0, 0, 2, 2))).toEqual(['lost', null, null, 'lost', null]);
  });

  it('leaves who said no in peace for some turns, but not in danger', () => {
    const turns = [{ unmatched: 2 }, { turns: 5 }, { turns: 5 }, { turns: 5, failedSteps: 2 }, { turns: 5 }, { turns: 5 }];
    expect(play(turns, undefined, 1)).toEqual(['lost', null, null, 'stuck', 'long', null]);
  });

  it('calls nobody twice, but more urgently when it has become so', () => {
    const turns = [{ failedSteps: 2 }, { failedSteps: 2 }, { failedSteps: 2, severity: 3 }, { failedSteps: 3, severity: 3 }];
    const called = (turn: number) => (['nobody', 'person', 'person', 'person-urgently'] as const)[turn - 1]!;
    expect(play(turns, called)).toEqual(['stuck', null, 'hurt', null]);
  });
});
