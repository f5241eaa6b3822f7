import type { Measure, Policy } from '@wayside/packs';

export type Measures = Partial<Record<Measure, number>>;
export type Effect = 'offer' | 'handoff' | 'handoff-urgent';
export type PolicyOutcome = { effect: Effect; rule: Policy['rules'][number] };

const strength: Record<Effect, number> = { offer: 1, handoff: 2, 'handoff-urgent': 3 };

/**
 * The rule that fires: every limit in its `when` is met by a measure that is known. The strongest effect wins; between equals, the rule
 * written first. Pure, so that a policy can be replayed over old sessions.
 */
export function applyPolicy(policy: Policy, measures: Measures): PolicyOutcome | null {
  let outcome: PolicyOutcome | null = null;
  for (const rule of policy.rules) {
    const limits = Object.entries(rule.when) as [Measure, { atLeast?: number; atMost?: number }][];
    const fires =
      limits.length > 0 &&
      limits.every(([measure, { atLeast = Number.NEGATIVE_INFINITY, atMost = Number.POSITIVE_INFINITY }]) => {
        const value = measures[measure];
        return value !== undefined && value >= atLeast && value <= atMost;
      });
    if (fires && (outcome === null || strength[rule.effect] > strength[outcome.effect])) outcome = { effect: rule.effect, rule };
  }
  return outcome;
}
