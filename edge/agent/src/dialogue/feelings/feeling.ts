import type { Locale } from '@wayside/protocol';

/** What a sentence tells of how its speaker feels about it: each 0 (nothing) to 1. */
export type Feeling = { anger: number; frustration: number; anxiety: number; urgency: number; satisfaction: number };
export type FeelingKind = keyof Feeling;

/**
 * Reads the feeling of one sentence. Two implementations run: words that can be read and argued with (`read-words.ts`, every tier), and a head
 * on the embedder where one is there. Text only: neither voice nor face.
 */
export type ReadFeeling = (text: string, locale: Locale) => Feeling | Promise<Feeling>;

export const noFeeling: Feeling = { anger: 0, frustration: 0, anxiety: 0, urgency: 0, satisfaction: 0 };

/** As one number for a policy to look at: −1 (very upset) to 1 (pleased), 0 when nothing is told. Hurry by itself is not displeasure. */
export function valenceOf({ anger, frustration, anxiety, satisfaction }: Feeling): number {
  return Number((satisfaction - Math.min(1, Math.max(anger, frustration, anxiety * 0.8))).toFixed(2));
}

/** The feeling that is strongest, where one is strong enough to be answered. */
export function strongest(feeling: Feeling): FeelingKind | undefined {
  const kinds: FeelingKind[] = ['anger', 'anxiety', 'frustration', 'urgency', 'satisfaction'];
  const first = kinds.reduce((best, kind) => (feeling[kind] > feeling[best] ? kind : best));
  return feeling[first] >= 0.5 ? first : undefined;
}
