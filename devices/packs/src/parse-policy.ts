import { WaysideError } from '@wayside/protocol';
import { type Policy, policyFile } from './policy.ts';
import { type PackProblem, parseYaml } from './read.ts';
import { tell } from './tell.ts';

/** A policy from its text. @throws WaysideError `invalid` that lists every problem with its place */
export function parsePolicy(text: string): Policy {
  const problems: PackProblem[] = [];
  const policy = parseYaml(policyFile, text, 'policy.yaml', (file, at, problem) => problems.push({ file, at, problem }));
  if (!policy) throw new WaysideError('invalid', tell('This policy', problems));
  return policy;
}
