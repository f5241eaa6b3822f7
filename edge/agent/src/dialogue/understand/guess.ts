import type { Pack } from '@wayside/packs';
import type { Diagnosis } from '../../diagnosis/diagnose.ts';
import type { Grammar } from '../grammar/grammar.ts';
import { hasHan, simplify } from '../grammar/sentence.ts';

/** What somebody thinks it is who asks "is it the pump?" or says "it's surely the pump", "应该是水泵的问题吧", in small letters: in one of its clauses. */
export function guessIn(text: string, grammar: Pick<Grammar, 'told'>): string | undefined {
  const clauses = [text, ...text.split(/[,;，；。]\s*/)].map((one) => one.trim());
  for (const clause of clauses.filter((one) => one.length > 0 && one.length <= 80)) {
    const abouts = grammar
      .told(clause, 'guesses')
      .flatMap(({ slots }) => (slots.about !== undefined && names(slots.about) ? [slots.about] : []));
    // Of "the pump" and "pump" the less is named.
    const about = abouts.sort((a, b) => a.length - b.length)[0];
    if (about !== undefined) return about;
  }
  return undefined;
}

/** "Is it on?" names nothing. */
const names = (about: string) => about.length > 2 || hasHan(about);

/** Whether the faults whose title has these words are the likeliest, possible, or not what the signs point to. */
export function judgeGuess(
  about: string,
  { ranked }: Pick<Diagnosis, 'ranked'>,
  faults: Pack['faults'] | undefined,
): 'likely' | 'possible' | 'unlikely' {
  const named = (id: string) => Object.values(faults?.[id]?.title ?? {}).some((title) => simplify(String(title)).includes(about));
  const [likeliest] = ranked;
  if (likeliest && likeliest.probability >= 0.3 && named(likeliest.fault)) return 'likely';
  return ranked.some(({ fault, probability }) => probability >= worthNaming && named(fault)) ? 'possible' : 'unlikely';
}

/** A cause less likely than this is not named. */
export const worthNaming = 0.05;
