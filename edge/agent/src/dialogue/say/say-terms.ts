import type { Citation } from '@wayside/contract';
import type { AnswerContext, Said } from './answer-context.ts';
import { citeArticle } from './cite.ts';

/** What words of the trade mean, each in the pack's own sentence, and where more of it stands. */
export function sayTerms(terms: readonly string[], { locale, thing, packOf }: AnswerContext): Said {
  const pack = thing && packOf(thing.id);
  const known = terms.flatMap((id) => (pack?.terms?.[id] ? [{ id, ...pack.terms[id] }] : []));
  const says = known.map((term) => term.says[locale]);
  const citations = known.flatMap(({ id, names, source, article }): Citation[] => {
    const more = pack?.articles.find((one) => one.id === article && one.locale === locale);
    const cited: Citation = { kind: 'rule', ref: `term/${id}`, text: `${names[locale][0]} · ${source}` };
    return more ? [cited, citeArticle(more.id, more.title)] : [cited];
  });
  return { parts: says, rung: 'knowledge', citations, grounds: says };
}
