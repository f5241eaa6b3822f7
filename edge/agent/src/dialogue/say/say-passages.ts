import type { FaultReport } from '@wayside/contract';
import type { Locale } from '@wayside/protocol';
import type { Passage } from '../../knowledge/knowledge.ts';
import { gravest } from '../decide/graveness.ts';
import type { Move } from '../decide/move.ts';
import type { AnswerContext, Said } from './answer-context.ts';
import { citeArticle, citeFault } from './cite.ts';
import { withSafety } from './with-safety.ts';
import { ended, say } from './wording.ts';

/** What an article says, in its own words; before it what the machine shows, where that was not told yet, or what is still safe. */
export function sayPassages(
  { passages, beside: other, leave }: Extract<Move, { kind: 'passages' }>,
  { locale, faults, atMost }: AnswerContext,
): Said {
  const found = extract(passages, locale, atMost !== undefined);
  const said: Said = leave ? { ...found, parts: [say('mayUnsaid', locale), ...found.parts], more: { offerPerson: true } } : found;
  if (other) return beside(said, other, locale);
  const first = passages[0];
  return withSafety(said, first?.active ? gravest(faults.filter(({ article }) => article === first.article)) : undefined, locale);
}

/** What the machine itself shows, before an article about something else. */
function beside(said: Said, fault: FaultReport, locale: Locale): Said {
  const shown = `${say('shows', locale)}${locale === 'zh' ? '' : ' '}${ended(fault.title[locale], locale)}`;
  return {
    ...said,
    parts: [fault.safetyAdvice[locale], shown, ...said.parts],
    safetyFirst: true,
    shows: { what: [shown] },
    citations: [citeFault(fault, locale), ...(said.citations ?? [])],
    grounds: [...(said.grounds ?? []), shown, fault.safetyAdvice[locale]],
  };
}

/** The first sentences of the best passage, word for word. */
function extract(passages: readonly Passage[], locale: Locale, brief: boolean): Said {
  const best = passages[0]!;
  const sentences = best.text.replace(/\s+/g, ' ').match(/[^。！？.!?]*(?:\.(?=\S)[^。！？.!?]*)*[。！？.!?]+/g) ?? [best.text];
  const text = sentences
    .slice(0, brief ? 2 : 4)
    .join('')
    .trim();
  const cited = passages.slice(0, 3).map((one) => citeArticle(one.article, one === best ? `${one.title} · ${text}` : one.title));
  // An article speaks as if its fault were there; where it is not, that is said first.
  const about = best.active ? undefined : locale === 'zh' ? `“${best.title}”的一般说明：` : `In general, about "${best.title}":`;
  return {
    parts: [about, text],
    rung: 'knowledge',
    citations: cited,
    grounds: [best.text, best.title],
    more: { offerPerson: locale !== best.locale },
  };
}
