import type { Locale } from '@wayside/protocol';
import { withoutMarkup } from './spoken-form-markup.ts';
import { numberInChinese, numberInEnglish } from './spoken-form-numbers.ts';

const number = /(?<![\p{L}\d.])[-−+]?\d[\d,]*(?:\.\d+)?|\d+/gu;

/** A text as people say it: without marks for the eye, figures in words. Empty when nothing of it is to be said. */
export function spokenForm(text: string, locale: Locale): string {
  const say = locale === 'zh' ? numberInChinese : numberInEnglish;
  const said = withoutMarkup(text)
    .replace(number, (written) => say(written.replace(/,$/, '')))
    .replace(/\s+/g, ' ')
    .trim();
  return /\p{L}/u.test(said) ? said : '';
}
