import type { Locale } from '@wayside/protocol';
import type { Grammar, Match } from '../grammar/grammar.ts';
import { matchWhole } from './clauses.ts';
import { pastTime } from './past-time.ts';

/** What can be asked of a time that is over. */
const askable = new Set(['signal', 'before', 'why', 'faults']);

/**
 * A question about a time that is over, which no template holds, since times are without number: what it asks, with the time in its slots `from` and
 * `to` (epoch ms). What was wrong then is asked of the machine's past, not of its present.
 */
export async function aboutPast(
  text: string,
  { grammar, locale, family, now }: { grammar: Grammar; locale: Locale; family: string | undefined; now: number },
): Promise<Match | undefined> {
  const past = await pastTime(text, now);
  if (!past) return undefined;
  const match = matchWhole(past.rest, grammar, locale, family);
  if (match.kind !== 'match' || !askable.has(match.intent)) return undefined;
  const slots = { ...match.slots, from: String(past.from), to: String(past.to) };
  return { ...match, intent: match.intent === 'signal' ? 'signal' : 'before', slots };
}
