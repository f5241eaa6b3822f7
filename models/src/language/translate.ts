import type { Locale } from '@wayside/protocol';
import type { Translated, TranslateRequest, UnavailableReason } from './generator.ts';
import { lossesIn } from './losses.ts';
import { sentences } from './words.ts';

const mostSentences = 30;

/** The language a text is mostly in: Chinese says in two characters what English says in a word. */
export const languageOf = (text: string): Locale => {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const words = text.match(/\p{Script=Latin}{2,}/gu)?.length ?? 0;
  return han > words ? 'zh' : 'en';
};

/**
 * Translates sentence by sentence, as small models do best, and holds each against its original. One that loses something makes the whole
 * unfit: half a translation reads like a whole one.
 * @param write translates one sentence within so many ms
 */
export async function translate(
  { text, from, to, names, deadlineMs }: TranslateRequest,
  write: (sentence: string, deadlineMs: number) => Promise<{ text: string } | UnavailableReason>,
  now: () => number,
): Promise<Translated> {
  const until = now() + deadlineMs;
  const parts = text.split(/(\n+)/).flatMap((line, i) => (i % 2 === 1 ? [line] : sentences(line)));
  if (parts.length > mostSentences) return { kind: 'lost', losses: [{ what: 'length', detail: `${parts.length}` }] };
  const said: string[] = [];
  for (const part of parts) {
    // What has no word of the one language is the same in the other.
    if (!/\p{L}/u.test(part) || (from === 'zh' && !/\p{Script=Han}/u.test(part))) {
      said.push(part);
      continue;
    }
    const written = await write(part, until - now());
    if (typeof written === 'string') return { kind: 'unavailable', reason: written };
    const losses = lossesIn(part, written.text, to, names);
    if (losses.length > 0) return { kind: 'lost', losses };
    said.push(written.text);
  }
  return {
    kind: 'translation',
    text: said
      .join(to === 'en' ? ' ' : '')
      .replace(/ *(\n+) */g, '$1')
      .trim(),
  };
}
