import { readSpelled } from '@wayside/models';
import type { Locale } from '@wayside/protocol';

type Words = { sentence: RegExp; named: RegExp; wanted: RegExp; ours: RegExp };

/** What is spelled, how one asks for it, and sentences in which we are the ones to do something with it. */
const words: Record<Locale, Words> = {
  en: {
    sentence: /[^.!?]+[.!?]?/g,
    named:
      /\b(?:codes?|VIN|number ?plate|licen[cs]e plate|(?:vehicle|chassis|serial|part|model|order|registration)(?: identification)? number)\b/i,
    wanted: /\b(?:what|which|read|spell|tell|give|send|say|enter)\b/i,
    ours: /^\s*(?:(?:shall|should|may|can|could|do|did|will) )?(?:I|we)\b/i,
  },
  zh: {
    sentence: /[^。！？]+[。！？]?/g,
    named: /故障码|代码|车架号|序列号|车牌号?|编号|型号/,
    wanted: /请|麻烦|告诉|念|读|报一?下|说一?下|什么|哪个|哪些|多少/,
    ours: /^\s*(?:要不?要|需不?需要|可不?可以)?(?:我|我们)(?!想知道)/,
  },
};

/** Whether a line asks the person for something that is spelled: a trouble code, a vehicle's or a serial number. */
export function asksForCode(line: string, locale: Locale): boolean {
  const { sentence, named, wanted, ours } = words[locale];
  // What is asked for stands at the end.
  const last = (line.match(sentence) ?? []).slice(-2);
  return last.some((one) => named.test(one) && wanted.test(one) && !ours.test(one));
}

/** What was spelled where that was asked for; undefined for a sentence, and for words that only sound like a letter or two ("Why?", "Are you?"). */
export function codeSpelled(text: string): string | undefined {
  const spelled = readSpelled(text);
  return spelled !== undefined && spelled.length > 3 ? spelled : undefined;
}
