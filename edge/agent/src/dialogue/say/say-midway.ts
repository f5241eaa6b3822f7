import type { MidwayMove } from '../decide/decide-midway.ts';
import { guide } from '../decide/procedure.ts';
import type { AnswerContext, Said } from './answer-context.ts';
import { citeArticle } from './cite.ts';
import { ended, joined, listed, say } from './wording.ts';

/** What is said to who tells something in the middle of a step. What the pack's step does not say is not made up. */
export function sayMidway({ midway, progress, stops }: MidwayMove, context: AnswerContext): Said {
  const { locale, thing, packOf, article } = context;
  const words = (...which: Parameters<typeof say>[0][]) => which.map((one) => say(one, locale));
  if (stops) {
    const first = midway === 'danger' ? words('stopHere', 'stopDanger', 'dangerNoted') : words('stopBroke', 'brokeNoted');
    return { parts: [...first, ...words('shallPerson', 'repairKept')], rung: 'grammar', grounds: first, more: { offerPerson: true } };
  }
  if (midway === 'jammed') return { parts: words('jammed', 'shallPerson', 'cameLoose'), rung: 'grammar', more: { offerPerson: true } };
  const pack = thing && packOf(thing.id);
  const step = pack && guide(pack, progress, locale);
  const procedure = pack?.procedures[progress.procedure];
  const written = procedure?.steps.find(({ id }) => id === progress.step);
  if (!pack || !step || !procedure) return { parts: words('unheard'), rung: 'grammar', more: { offerPerson: true } };
  const more = { step, offerPerson: true };
  if (midway === 'hot') return { parts: words('tooHot', 'atStep'), rung: 'grammar', more };
  if (midway === 'lacks') {
    const gap = locale === 'zh' ? '' : ' ';
    const tools = procedure.tools.map((tool) => tool[locale]);
    const needs = tools.length > 0 ? `${say('needs', locale)}${gap}${listed(tools, locale)}` : undefined;
    const instead = written?.instead?.[locale];
    return {
      parts: [needs, instead ?? say('lacks', locale), say('fetch', locale)],
      rung: 'diagnosis',
      grounds: [needs ?? '', instead ?? ''],
      more,
    };
  }
  const count = locale === 'zh' ? `第 ${step.number} 步，共 ${step.of} 步：` : `Step ${step.number} of ${step.of}:`;
  const detail = written?.detail?.[locale];
  const text = joined([count, step.text], locale);
  const picture = step.picture ? joined([say('lookPicture', locale), ended(step.picture.alt, locale)], locale) : undefined;
  const read = detail === undefined && picture === undefined ? article : undefined;
  return {
    parts: [
      step.safety,
      text,
      detail,
      picture,
      read && joined([say('moreIn', locale), ended(read.title, locale)], locale),
      detail === undefined && picture === undefined ? say('noMoreText', locale) : undefined,
    ],
    rung: 'diagnosis',
    ...(read ? { citations: [citeArticle(read.id, read.title)] } : {}),
    grounds: [text, step.safety ?? '', detail ?? '', picture ?? '', read?.title ?? ''],
    more,
  };
}
