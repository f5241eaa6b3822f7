import type { Handling } from '@wayside/packs';
import type { Move } from '../decide/move.ts';
import type { AnswerContext, Said } from './answer-context.ts';
import { citeArticle } from './cite.ts';
import { say } from './wording.ts';

const verdicts = { no: 'mayNot', 'not-yourself': 'mayNotYourself', 'with-care': 'mayWithCare', yes: 'mayDo' } as const satisfies Record<
  Handling['may'],
  Parameters<typeof say>[0]
>;

/** Whether something may be done by hand, first and plainly, then why or how; what nobody wrote down is not allowed by silence. */
export function sayMay(move: Extract<Move, { kind: 'may' | 'may-unknown' }>, { locale, thing, packOf }: AnswerContext): Said {
  const pack = thing && packOf(thing.id);
  const known = move.kind === 'may' ? pack?.handling?.[move.handling] : undefined;
  if (move.kind === 'may-unknown' || !known) {
    const unknown: Said = { parts: [say('mayUnknown', locale)], rung: 'grammar' };
    return move.kind === 'may-unknown' && move.midst
      ? unknown
      : { ...unknown, parts: [...unknown.parts, say('shallPerson', locale)], more: { offerPerson: true } };
  }
  const verdict = say(verdicts[known.may], locale);
  const article = pack?.articles.find((one) => one.id === known.article && one.locale === locale);
  return {
    parts: [verdict, known.says[locale]],
    safetyFirst: true,
    shows: { do: [verdict, known.says[locale]] },
    rung: 'knowledge',
    citations: [
      { kind: 'rule', ref: `handling/${move.handling}`, text: `${known.title[locale]} · ${known.source}` },
      ...(article ? [citeArticle(article.id, article.title)] : []),
    ],
    grounds: [verdict, known.says[locale]],
    ...(known.may === 'not-yourself' ? { more: { offerPerson: true } } : {}),
  };
}
