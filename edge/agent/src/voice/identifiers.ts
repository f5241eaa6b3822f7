import { normalizeDtc } from '@wayside/protocol';
import type { Identifier } from './messages.ts';

/** ISO 3779: seventeen characters without I, O and Q. */
const vin = /\b[A-HJ-NPR-Z0-9]{17}\b/g;
const dtc = /\b[PCBU][0-9A-F]{4}\b/g;

/** The codes and vehicle numbers in a sentence whose codes are written as one word, for the person to check. */
export function identifiersIn(text: string): Identifier[] {
  const upper = text.toUpperCase();
  const codes = [...upper.matchAll(dtc)].flatMap(([code]) => (normalizeDtc(code) ? [{ kind: 'dtc' as const, text: code }] : []));
  const numbers = [...upper.matchAll(vin)].filter(([one]) => /\d/.test(one)).map(([one]) => ({ kind: 'vin' as const, text: one }));
  return [...new Map([...codes, ...numbers].map((one) => [one.text, one])).values()];
}
