import type { Locale } from '@wayside/protocol';
import { sayInChinese } from './spoken-form-chinese.ts';
import { sayInEnglish } from './spoken-form-english.ts';
import { withoutMarkup } from './spoken-form-markup.ts';

/**
 * A text as people say it: nothing that is only for the eye, numbers, units, times and codes in words. Empty when nothing of it is to be said.
 * Takes any text; linear in its length.
 */
export function spokenForm(text: string, locale: Locale): string {
  const plain = withoutMarkup(text);
  const said = (locale === 'zh' ? sayInChinese(plain) : sayInEnglish(plain))
    .replace(/\s+/g, ' ')
    // A mark stands once, where a breath is: brackets and dashes became commas.
    .replace(/ (?=[,.;:!?，。；：！？、])/g, '')
    .replace(/[,，]+(?=[,，])|[,，](?=[.;:!?。；：！？])/g, '')
    .replace(/(?<=[.;:!?。；：！？])[,，]/g, '')
    .replace(/^[,，.;:。\s]+|[,，\s]+$/g, '');
  return /\p{L}/u.test(said) ? said : '';
}
