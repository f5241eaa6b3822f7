import type { Locale } from '@wayside/protocol';
import { sayInChinese } from './spoken-form-chinese.ts';
import { sayInEnglish } from './spoken-form-english.ts';
import { withoutMarkup } from './spoken-form-markup.ts';

/** Longer names first, for one may begin with another; a name in Latin letters only as a whole word. */
function withNames(text: string, names: Readonly<Record<string, string>>): string {
  let said = text;
  for (const name of Object.keys(names).sort((a, b) => b.length - a.length)) {
    const literal = name.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
    const [before, after] = [
      /^[\p{Script=Latin}\d]/u.test(name) ? '(?<![\\p{Script=Latin}\\d])' : '',
      /[\p{Script=Latin}\d]$/u.test(name) ? '(?![\\p{Script=Latin}\\d])' : '',
    ];
    if (said.includes(name)) said = said.replace(new RegExp(`${before}${literal}${after}`, 'gu'), () => names[name]!);
  }
  return said;
}

/**
 * A text as people say it: nothing that is only for the eye, numbers, units, times and codes in words. Empty when nothing of it is to be said.
 * Takes any text; linear in its length.
 * @param names how names are said whose letters do not tell, by how they are written
 */
export function spokenForm(text: string, locale: Locale, names: Readonly<Record<string, string>> = {}): string {
  const plain = withNames(withoutMarkup(text), names);
  const said = (locale === 'zh' ? sayInChinese(plain) : sayInEnglish(plain))
    .replace(/\s+/g, ' ')
    // A mark stands once, where a breath is: brackets and dashes became commas.
    .replace(/ (?=[,.;:!?，。；：！？、])/g, '')
    .replace(/[,，]+(?=[,，])|[,，](?=[.;:!?。；：！？])/g, '')
    .replace(/(?<=[.;:!?。；：！？])[,，]/g, '')
    .replace(/^[,，.;:。\s]+|[,，\s]+$/g, '');
  return /\p{L}/u.test(said) ? said : '';
}
