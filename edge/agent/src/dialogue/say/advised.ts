import type { FaultReport } from '@wayside/contract';
import type { Locale } from '@wayside/protocol';
import type { Answer } from '../../api/types.ts';
import type { SessionState } from '../state.ts';

/** After so long, in ms, the advice on what may still be done is said once more. */
const remindAfterMs = 10 * 60_000;

const keyOf = ({ thing, fault }: Pick<FaultReport, 'thing' | 'fault'>) => `${thing} ${fault}`;

/** The faults that an answer speaks of and says what may still be done despite them, beside those of which it was said lately. */
export function advisedAfter(
  { advised }: Pick<SessionState, 'advised'>,
  { text, citations }: Pick<Answer, 'text' | 'citations'>,
  faults: readonly FaultReport[],
  locale: Locale,
  now: number,
): SessionState['advised'] {
  const lately = Object.entries(advised).filter(([, at]) => now - at < remindAfterMs);
  const spokenOf = new Set(citations.filter(({ kind }) => kind === 'fault').map(({ ref }) => ref));
  const said = faults.filter(({ fault, safetyAdvice }) => spokenOf.has(fault) && text.includes(safetyAdvice[locale]));
  return Object.fromEntries([...lately, ...said.map((one) => [keyOf(one), now] as const)]);
}

/** Was it said lately what may still be done? To stop now is said each time. */
export const wasAdvised = ({ advised }: Pick<SessionState, 'advised'>, fault: FaultReport, now: number): boolean =>
  fault.safety !== 'stop' && now - (advised[keyOf(fault)] ?? Number.NEGATIVE_INFINITY) < remindAfterMs;
