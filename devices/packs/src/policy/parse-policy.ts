import { WaysideError } from '@wayside/protocol';
import { checkPolicy } from '../check/check-policy.ts';
import type { PackProblem } from '../files.ts';
import type { Pack } from '../load.ts';
import { parseYaml } from '../read.ts';
import { type Policy, policyFile } from '../schema/policy.ts';
import { tell } from '../tell.ts';

/**
 * A policy from its text.
 * @param pack what it is for, where that is known: then it is held to what the pack holds, too
 * @throws WaysideError `invalid` that lists every problem with its place
 */
export function parsePolicy(text: string, pack?: Pick<Pack, 'workplace' | 'faults'>): Policy {
  const problems: PackProblem[] = [];
  const report = (file: string, at: string, problem: string) => void problems.push({ file, at, problem });
  const policy = parseYaml(policyFile, text, 'policy.yaml', report);
  if (policy && pack) checkPolicy(policy, { workplace: pack.workplace ?? false, faults: pack.faults }, report);
  if (!policy || problems.length > 0) throw new WaysideError('invalid', tell('This policy', problems));
  return policy;
}
