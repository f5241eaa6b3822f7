import type { AnswerPart } from '@wayside/contract';
import type { Locale } from '@wayside/protocol';
import type { Said } from './answer-context.ts';
import { joined } from './wording.ts';

/** Marks what a screen shows large, and what may fold: stretches of what is said as they follow each other, none that is empty. */
export function markParts({ parts, safetyFirst, shows = {} }: Said, locale: Locale): AnswerPart[] {
  const { do: now = [], what = [], basis = [] } = shows;
  const safety = safetyFirst && !now.includes(parts[0]) ? parts.slice(0, 1) : [];
  const marked: AnswerPart[] = [
    { kind: 'do', text: joined(safety, locale) },
    { kind: 'do', text: joined(now, locale) },
    { kind: 'what', text: joined(what, locale) },
    { kind: 'basis', text: joined(basis, locale) },
  ];
  const whole = joined(parts, locale);
  return marked.filter(({ text }) => text !== '').sort((a, b) => whole.indexOf(a.text) - whole.indexOf(b.text));
}

/** The marks that still hold once the text was looked at again: what was taken out of it is shown by nobody. */
export const stillIn = (text: string, parts: readonly AnswerPart[] = []): { parts?: AnswerPart[] } => {
  const kept = parts.filter((part) => text.includes(part.text));
  return kept.length > 0 ? { parts: kept } : {};
};
