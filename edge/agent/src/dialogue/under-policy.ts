import {
  type Called,
  looksAtMood,
  type Measures,
  type Policy,
  type PolicyOutcome,
  policyTurn,
  type RequestKind,
  refused,
} from '@wayside/packs';
import type { Mood } from './feelings/mood.ts';
import type { SessionState } from './state.ts';
import type { Understanding } from './understand/understand.ts';

/**
 * What the policy says to this turn, and what it then remembers: rules that look at the mood with the mood, in memory, the others with the
 * session.
 * @param before the session before this turn; `turn` is this turn's number
 */
export function underPolicy(
  policy: Policy,
  {
    before,
    mood,
    understanding,
    measures,
    turn,
    called,
    kind,
  }: {
    before: SessionState;
    mood: Mood;
    understanding: Understanding;
    measures: Measures;
    turn: number;
    called: Called;
    kind: RequestKind;
  },
): { outcome: PolicyOutcome | null; standing: SessionState['standing']; moodSpent: Mood['spent'] } {
  const all = { ...before.standing, spent: [...before.standing.spent, ...mood.spent] };
  const heard = saysNo(understanding) && before.pendingOffer === 'person' ? refused(policy, all, turn) : all;
  const { outcome, standing } = policyTurn(policy, heard, measures, { turn, called, kind });
  const personal = new Set(policy.rules.filter(looksAtMood).map(({ id }) => id));
  return {
    outcome,
    standing: { ...standing, spent: standing.spent.filter(({ rule }) => !personal.has(rule)) },
    moodSpent: standing.spent.filter(({ rule }) => personal.has(rule)),
  };
}

const saysNo = (understanding: Understanding) =>
  understanding.kind === 'intent' && (understanding.intent === 'no' || understanding.intent === 'cancel');
