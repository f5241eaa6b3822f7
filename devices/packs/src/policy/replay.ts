import type { Measures, Policy, RequestKind } from '../schema/policy.ts';
import { applyPolicy, type Called, type Effect, looksAtMood, noStanding, policyTurn } from './apply-policy.ts';

/** One thing a person said, as the policy saw it. */
export type MeasuredTurn = { at: number; measures: Measures; kind?: RequestKind | undefined };
export type MeasuredSession = { id: string; turns: readonly MeasuredTurn[] };

/** The strongest thing a policy did in a conversation, on which turn (from 1), by which rule. */
export type Verdict = { effect: Effect | 'none'; rule?: string; turn?: number };
export type Difference = { session: string; at: number; turns: number; was: Verdict; would: Verdict };
export type Comparison = {
  sessions: number;
  /** Those in which a rule that looks at the mood could not be judged: nobody agreed that the mood is kept, so neither column knows of it. */
  unread: number;
  /** How many conversations came to what, under each policy. */
  was: Record<Verdict['effect'], number>;
  would: Record<Verdict['effect'], number>;
  /** Those that would have come to something else, by another rule or at another turn. */
  differences: Difference[];
};

const order: Verdict['effect'][] = ['none', 'offer', 'look-on', 'handoff', 'handoff-urgent'];
const calls: Partial<Record<Effect, Called>> = { 'look-on': 'looks-on', handoff: 'person', 'handoff-urgent': 'person-urgently' };

/**
 * What a policy would have done in a conversation that was held under another. What people said stays as it was: whether they would have said
 * something else to a person offered sooner, nobody can know, so only the first thing that differs is certain.
 */
export function replaySession(policy: Policy, turns: readonly MeasuredTurn[]): Verdict {
  let standing = noStanding;
  let called: Called = 'nobody';
  let verdict: Verdict = { effect: 'none' };
  for (const [i, { measures, kind }] of turns.entries()) {
    const turn = i + 1;
    const step = policyTurn(policy, standing, measures, { turn, called, kind });
    standing = step.standing;
    const did = always(measures, kind) ?? (step.outcome ? { effect: step.outcome.effect, rule: step.outcome.rule.id } : undefined);
    if (!did) continue;
    called = calls[did.effect] ?? called;
    if (order.indexOf(did.effect) > order.indexOf(verdict.effect)) verdict = { ...did, turn };
  }
  return verdict;

  /** What no policy decides: an emergency calls at once, and a wish is granted whatever the rules say; a rule can make it urgent. */
  function always(measures: Measures, kind: RequestKind | undefined): { effect: Effect; rule: string } | undefined {
    if (kind === 'emergency') return { effect: 'handoff-urgent', rule: 'emergency' };
    if (!measures.asked || called === 'person' || called === 'person-urgently') return undefined;
    const urgent = applyPolicy(policy, measures, kind);
    return urgent?.effect === 'handoff-urgent' ? { effect: urgent.effect, rule: urgent.rule.id } : { effect: 'handoff', rule: 'asked' };
  }
}

/** The same conversations under two policies, side by side. */
export function comparePolicies(before: Policy, after: Policy, sessions: readonly MeasuredSession[]): Comparison {
  const none = () => Object.fromEntries(order.map((effect) => [effect, 0])) as Record<Verdict['effect'], number>;
  const byMood = [...before.rules, ...after.rules].some(looksAtMood);
  const result: Comparison = { sessions: sessions.length, unread: 0, was: none(), would: none(), differences: [] };
  for (const { id, turns } of sessions) {
    const [was, would] = [replaySession(before, turns), replaySession(after, turns)];
    if (byMood && turns.some(({ measures }) => measures.sentiment === undefined)) result.unread++;
    result.was[was.effect]++;
    result.would[would.effect]++;
    if (was.effect !== would.effect || was.rule !== would.rule || was.turn !== would.turn)
      result.differences.push({ session: id, at: turns[0]?.at ?? 0, turns: turns.length, was, would });
  }
  return result;
}
