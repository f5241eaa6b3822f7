import type { Report } from '../files.ts';
import { looksAtMood } from '../policy/apply-policy.ts';
import type { Policy } from '../schema/policy.ts';

/** What a policy is held to beyond its schema: it names faults the pack holds, and at a workplace no rule looks at the mood, which is never read there. */
export function checkPolicy(policy: Policy, pack: { workplace: boolean; faults?: object | undefined }, report: Report): void {
  for (const [i, skill] of policy.skills.entries())
    for (const fault of skill.faults)
      if (pack.faults && !Object.hasOwn(pack.faults, fault))
        report('policy.yaml', `skills.${i}.faults`, `refers to the fault "${fault}", which the pack does not hold: correct the name`);
  for (const [i, rule] of policy.rules.entries())
    if (pack.workplace && looksAtMood(rule))
      report(
        'policy.yaml',
        `rules.${i}`,
        `"${rule.id}" looks at the mood, which is never read at a workplace (EU AI Act, Article 5(1)(f)): look at trouble, repeats or unmatched instead`,
      );
}
