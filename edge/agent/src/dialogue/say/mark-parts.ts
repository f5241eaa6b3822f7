import type { AnswerPart } from '@wayside/contract';
import type { Locale } from '@wayside/protocol';
import type { Said } from './answer-context.ts';
import { joined } from './wording.ts';

/** Marks what a screen shows large, and what may fold: stretches of what is said, none that is empty. */
export function markParts({ parts, safetyFirst, shows = {} }: Said, locale: Locale): AnswerPart[] {
  const { do: now = safetyFirst ? parts.slice(0, 1) : [], what = [], basis = [] } = shows;
  const marked: AnswerPart[] = [
    { kind: 'do', text: joined(now, locale) },
    { kind: 'what', text: joined(what, locale) },
    { kind: 'basis', text: joined(basis, locale) },
  ];
  return marked.filter(({ text }) => text !== '');
}

/** The marks that still hold once the text was looked at again: what was taken out of it is shown by nobody. */
export const stillIn = (text: string, parts: readonly AnswerPart[] = []): { parts?: AnswerPart[] } => {
  const kept = parts.filter((part) => text.includes(part.text));
  return kept.length > 0 ? { parts: kept } : {};
};
