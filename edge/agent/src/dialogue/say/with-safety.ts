import type { FaultReport } from '@wayside/contract';
import type { Locale } from '@wayside/protocol';
import { gravest } from '../decide/graveness.ts';
import type { Said } from './answer-context.ts';

/** The advice of the gravest of these faults, where there is something to mind. */
export function safetyOf(faults: readonly FaultReport[]): { text: FaultReport['safetyAdvice']; fault: FaultReport } | undefined {
  const fault = gravest(faults.filter(({ safety }) => safety !== 'go-on'));
  return fault && { text: fault.safetyAdvice, fault };
}

/** What is still safe, before what is said about a fault that is there. */
export function withSafety(said: Said, fault: FaultReport | undefined, locale: Locale): Said {
  if (!fault) return said;
  const advice = fault.safetyAdvice[locale];
  return { ...said, parts: [advice, ...said.parts], safetyFirst: true, grounds: [...(said.grounds ?? []), advice] };
}
