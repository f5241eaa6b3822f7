import type { Desk, FaultReport, Route } from '@wayside/contract';
import type { Called, Pack, PolicyOutcome } from '@wayside/packs';
import type { Localized } from '@wayside/protocol';
import type { Assessment } from './assess.ts';

const byItself: Localized = {
  en: 'The cause and what to do are known here.',
  zh: '原因和处理办法这里都清楚。',
};
const alreadyWith: Record<Exclude<Called, 'nobody'>, Localized> = {
  'looks-on': { en: 'A technician has been asked to look on.', zh: '已请技术员旁听。' },
  person: { en: 'A person has been asked for.', zh: '已经请求人工。' },
  'person-urgently': { en: 'A person has been called urgently.', zh: '已经紧急呼叫人工。' },
};
const taker = { nobody: 'agent', 'looks-on': 'together', person: 'technician', 'person-urgently': 'technician' } as const;

/**
 * Who takes a request, and why: the agent, the agent with a technician looking on, a technician with the skill it needs, or, where people may
 * be in danger, the emergency notice first. Pure: what decides is the policy's outcome, the emergency, and who has been called before.
 */
export function routeOf(
  { kind, complexity }: Assessment,
  wanted: { effect: PolicyOutcome['effect']; rule: { id: string; because: Localized } } | null,
  { called, severity, customer, skill }: { called: Called; severity: number; customer: Desk['customer']; skill: Route['skill'] },
): Route {
  const request = {
    kind,
    complexity,
    severity,
    ...(customer ? { customerValue: customer.value, customer: { tier: customer.tier, source: customer.source } } : {}),
  };
  const by = (to: Route['to'], because: Localized, rule?: string): Route => ({
    to,
    because,
    ...request,
    ...(rule ? { rule } : {}),
    ...(skill && to !== 'agent' ? { skill } : {}),
  });
  if (kind === 'emergency') return by('emergency', wanted?.rule.because ?? byItself, 'emergency');
  if (wanted?.effect === 'handoff' || wanted?.effect === 'handoff-urgent') return by('technician', wanted.rule.because, wanted.rule.id);
  if (wanted?.effect === 'look-on') return by('together', wanted.rule.because, wanted.rule.id);
  return by(taker[called], called === 'nobody' ? byItself : alreadyWith[called]);
}

/** The skill that the gravest fault needs, by the pack's list; without one in it, that of the whole family. */
export function skillFor(pack: Pick<Pack, 'family' | 'title' | 'policy'> | undefined, faults: readonly FaultReport[]): Route['skill'] {
  if (!pack) return undefined;
  const special = pack.policy?.skills.find((skill) => faults.some(({ fault }) => skill.faults.includes(fault)));
  return special ? { id: special.id, title: special.title } : { id: pack.family, title: pack.title };
}
