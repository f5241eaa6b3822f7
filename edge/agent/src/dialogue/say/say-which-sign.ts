import type { AnswerContext, Said } from './answer-context.ts';
import { ended, listed, say } from './wording.ts';

const none = { en: { say: 'none of these', label: 'None of these' }, zh: { say: '都不是', label: '都不是' } } as const;

/** Asks which of these signs of the machine is meant, each by its title, to be tapped or said. */
export function sayWhichSign(signs: readonly string[], { locale, thing, packOf }: AnswerContext): Said {
  const observations = thing && packOf(thing.id)?.observations;
  const titles = signs.flatMap((sign) => observations?.[sign]?.title[locale] ?? []);
  const asks =
    titles.length > 1 ? [say('whichSign', locale), listed(titles, locale)] : [say('thisSign', locale), ended(titles[0] ?? '', locale)];
  return {
    parts: asks,
    shows: { what: asks },
    rung: 'classifier',
    grounds: titles,
    more: { choices: [...titles.map((title) => ({ say: title, label: title })), none[locale]] },
  };
}
