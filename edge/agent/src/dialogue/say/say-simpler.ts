import type { FaultReport, Rung } from '@wayside/contract';
import type { AnswerContext, Said } from './answer-context.ts';
import { citeFault } from './cite.ts';
import { ended, likelihoodWord, say } from './wording.ts';

/** What counts, in as few and plain words as there are: what may still be done, what it is, what to ask next. Else the first sentence of what was said. */
export function saySimpler(fault: FaultReport | undefined, { locale, lastAnswer, packOf }: AnswerContext): Said {
  if (!fault) {
    const [first] = lastAnswer?.text.match(/^.*?[。！？]|^.*?[.!?](?=\s|$)/) ?? [];
    return {
      parts: [first ?? say('abilitiesShort', locale)],
      rung: (lastAnswer?.rung ?? 'grammar') as Rung,
      grounds: [lastAnswer?.text ?? ''],
    };
  }
  const sure = likelihoodWord(fault.probability, locale);
  const title = fault.title[locale];
  const what = locale === 'zh' ? `${sure}是：${ended(title, locale)}` : `It is ${sure} this: ${ended(title, locale)}`;
  const advice = fault.safetyAdvice[locale];
  const next =
    fault.procedure && packOf(fault.thing)?.procedures[fault.procedure] ? say('askWhatToDo', locale) : say('noProcedure', locale);
  return {
    parts: [advice, what, next],
    safetyFirst: true,
    shows: { do: [advice], what: [what] },
    rung: 'diagnosis',
    citations: [citeFault(fault, locale)],
    grounds: [advice, title],
  };
}
