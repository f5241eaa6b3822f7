import type { Citation, FaultReport } from '@wayside/contract';
import type { Locale } from '@wayside/protocol';

const figure = /\d+(?:\.\d+)?/g;
const code = /(?<![A-Za-z0-9])[PCBU][0-3][0-9A-F]{3}(?![A-Za-z0-9])/g;
/** Sentences that call it safe; "not safe", "as soon as it is safe" and questions are no such claim. */
const safe =
  /(?<!\b(?:not|until|once|when|where|soon as|unless|if)\b[^.!?]{0,20})\b(?:is|are|be|it's) (?:still |quite |perfectly |completely )?safe\b|^safe to\b|(?<![不没]|是否|等到|如果)(?:是安全的|很安全|没有危险|可以放心|放心(?:使用|开))/i;

/** Text without HTML, control characters and direction marks: what came from a device or a person must not become markup. */
export const clean = (text: string): string =>
  text
    .replace(/<\/?[a-z!][^>]{0,500}>/gi, '')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is removed
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
    .replace(/[<>]/g, '');

/** The sentences of a text, each with its own full stop. */
export const sentencesOf = (text: string): string[] =>
  text.match(/[^。！？.!?\n]*(?:\.(?=\d)[^。！？.!?\n]*)*[。！？.!?\n]+|[^。！？.!?\n]+$/g) ?? [];

/**
 * The last look at an answer before anyone hears it. A sentence goes when it holds a number or code that none of the citations or `grounds`
 * hold, or when it calls something safe while a fault says stop.
 * @param grounds texts the pack vouches for, such as the step being explained
 * @param vouchesSafety texts that may call something safe beside a fault that says stop; an article is none of them
 */
export function guard(
  text: string,
  citations: readonly Citation[],
  grounds: readonly string[],
  faults: readonly FaultReport[],
  locale: Locale,
  vouchesSafety?: readonly string[],
): string {
  const vouched = [...grounds, ...citations.flatMap((one) => [one.text, one.ref])].map(clean);
  const known = vouched.join('\n');
  const figures = new Set((known.match(figure) ?? []).map(Number));
  const codes = new Set(known.match(code) ?? []);
  const maySaySafe = vouchesSafety?.map(clean) ?? vouched;
  const stop = faults.some((fault) => fault.safety === 'stop');
  const kept = sentencesOf(clean(text)).filter((sentence) => {
    if (sentence.match(code)?.some((one) => !codes.has(one))) return false;
    if (sentence.match(figure)?.some((one) => !figures.has(Number(one)))) return false;
    return !(stop && safe.test(sentence.trim()) && !maySaySafe.some((one) => one.includes(sentence.trim())));
  });
  const said = kept.join('').trim();
  if (said !== '') return said;
  return locale === 'zh' ? '这个我无法可靠地回答。您可以转人工。' : 'I cannot answer that reliably. You can talk to a person.';
}
