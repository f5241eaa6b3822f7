import type { Locale } from '@wayside/protocol';

const hums = /^(?:(?:m+|h+m+|mhm+|uh|uhm|um|ah|oh|huh|嗯|哦|噢|喔|啊|呃|唔)\s?)+$/;
/** Sounds and words that only say “I am with you” (Yngve 1970): whoever makes them wants the other to go on. */
const nods: Record<Locale, RegExp> = {
  en: /^(?:(?:m+|h+m+|mm+|mhm+|uh|uhm|um|ah|oh|huh|yeah|yep|yes|okay|ok|right|sure|i see|got it|alright|all right|go on)\s?)+$/,
  zh: /^(?:嗯|哦|噢|喔|啊|呃|唔|对|是|好|的|行|懂|明白|知道|了|继续|吧)+$/,
};

/**
 * True for what is said beside an answer without wanting the floor; nothing at all is one too.
 * @param asked the answer puts a question: then a word such as “yes” replies to it, and only a hum does not
 */
export function isBackChannel(text: string, locale: Locale, asked = false): boolean {
  const said = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (asked) return said === '' || hums.test(said);
  return said === '' || nods[locale].test(said) || nods[locale === 'en' ? 'zh' : 'en'].test(said);
}
