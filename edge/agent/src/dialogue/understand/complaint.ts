import type { Grammar } from '../grammar/grammar.ts';

/** What somebody complains of: it was mended and is broken again, nobody helps them, they have paid for it. The first that is told counts. */
const complaints = ['again', 'service', 'paid'] as const;
export type Complaint = (typeof complaints)[number];
export const complaintIntent = 'complain';

/** A complaint anywhere in a sentence, by the packs' phrases. Who asks what something costs does not complain. */
export function complaintIn(text: string, grammar: Pick<Grammar, 'told'>): Complaint | undefined {
  const told = new Set(grammar.told(text, complaintIntent).map(({ slots }) => slots.about));
  return complaints.find((about) => told.has(about));
}
