import type { Measure, Measures, Policy, PolicyRule, RequestKind } from '../schema/policy.ts';

export type Effect = PolicyRule['effect'];
export type PolicyOutcome = { effect: Effect; rule: PolicyRule };

/** A rule that has had its effect, and the last turn on which its reason stood. */
export type Spent = { rule: string; last: number };

/** What a policy remembers of a conversation. */
export type Standing = {
  spent: Spent[];
  /** No offer before this turn: the person has said no to one. */
  quietUntil: number;
};

/** How far somebody has already been called. */
export type Called = 'nobody' | 'looks-on' | 'person' | 'person-urgently';

export const noStanding: Standing = { spent: [], quietUntil: 0 };

const strength: Record<Effect, number> = { offer: 1, 'look-on': 2, handoff: 3, 'handoff-urgent': 4 };
const enough: Record<Called, number> = { nobody: 0, 'looks-on': 2, person: 3, 'person-urgently': 4 };

/**
 * The rule that fires: every limit in its `when` is met by a measure that is known. The strongest effect wins; between equals, the rule
 * written first. Pure, so that a policy can be replayed over old sessions.
 */
export function applyPolicy(policy: Pick<Policy, 'rules'>, measures: Measures, kind?: RequestKind): PolicyOutcome | null {
  let outcome: PolicyOutcome | null = null;
  for (const rule of policy.rules)
    if (stands(rule, measures, kind) && (outcome === null || strength[rule.effect] > strength[outcome.effect]))
      outcome = { effect: rule.effect, rule };
  return outcome;
}

const stands = ({ when, kinds }: PolicyRule, measures: Measures, kind: RequestKind | undefined) =>
  (kinds === undefined || (kind !== undefined && kinds.includes(kind))) && holds(when, measures);

/** Are all these limits met by measures that are known? Without a limit nothing is met. */
export function holds(when: PolicyRule['when'], measures: Measures): boolean {
  const limits = Object.entries(when) as [Measure, { atLeast?: number; atMost?: number }][];
  return (
    limits.length > 0 &&
    limits.every(([measure, { atLeast = Number.NEGATIVE_INFINITY, atMost = Number.POSITIVE_INFINITY }]) => {
      const value = measures[measure];
      return value !== undefined && value >= atLeast && value <= atMost;
    })
  );
}

/**
 * One turn under a policy, with its hysteresis: a rule has its effect once, and again only after its reason was gone for `calm.rearm` turns;
 * after a "no" to an offer none is made for `calm.afterNo`; once somebody is called, only a rule that would call more urgently speaks.
 * @param turn number of this turn in the conversation
 */
export function policyTurn(
  policy: Policy,
  { spent, quietUntil }: Standing,
  measures: Measures,
  { turn, called, kind }: { turn: number; called: Called; kind?: RequestKind | undefined },
): { outcome: PolicyOutcome | null; standing: Standing } {
  const armed = (rule: PolicyRule) => {
    const before = spent.find((one) => one.rule === rule.id);
    return before === undefined || turn - before.last > policy.calm.rearm;
  };
  const outcome = applyPolicy(
    {
      rules: policy.rules.filter(
        (rule) => armed(rule) && strength[rule.effect] > enough[called] && (rule.effect !== 'offer' || turn >= quietUntil),
      ),
    },
    measures,
    kind,
  );
  const after = policy.rules.flatMap((rule): Spent[] => {
    const before = spent.find((one) => one.rule === rule.id);
    if (outcome?.rule === rule) return [{ rule: rule.id, last: turn }];
    if (!before) return [];
    return [holds(rule.when, measures) ? { ...before, last: turn } : before];
  });
  return { outcome, standing: { spent: after, quietUntil } };
}

/** The standing after a "no" to an offer. */
export const refused = (policy: Policy, standing: Standing, turn: number): Standing => ({
  ...standing,
  quietUntil: turn + 1 + policy.calm.afterNo,
});

/** Does it bring a person who takes over? */
export const takesOver = (effect: Effect): boolean => strength[effect] >= strength.handoff;

/** Does the rule look at how a person feels? What it says is then personal, and kept only with consent. */
export const looksAtMood = ({ when }: Pick<PolicyRule, 'when'>): boolean => 'sentiment' in when || 'sentimentTrend' in when;
