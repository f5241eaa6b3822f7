import { phraseSet } from '@wayside/contract';
import { id, localized } from '@wayside/protocol';
import { z } from 'zod';

export const newPhrases = phraseSet.omit({ id: true }).strict();
export type NewPhrases = z.infer<typeof newPhrases>;
export const phraseRow = phraseSet.extend({ state: z.enum(['draft', 'published', 'withdrawn']), by: z.string(), updatedAt: z.number() });
export type PhraseRow = z.infer<typeof phraseRow>;
export const phraseList = z.object({ phrases: z.array(phraseRow) });
const titles = z.record(z.string(), localized);
/** What people call what packs name by an id, by family. */
export const names = z.record(
  z.string(),
  z.object({ title: localized, faults: titles, observations: titles, signals: titles, actions: titles }),
);
export type Names = z.infer<typeof names>;
/** The procedures of a family's pack: what each mends, and its steps in order. */
export const procedures = z.array(
  z.object({ id, title: localized, faults: z.array(id), steps: z.array(z.object({ id, text: localized })) }),
);
export type Procedures = z.infer<typeof procedures>;
export const procedureList = z.object({ procedures });
/** Something about a family's machines that a sentence can mean. */
export const meaning = phraseSet.pick({ family: true, intent: true, slots: true }).extend({ title: localized });
export type Meaning = z.infer<typeof meaning>;
export const meaningList = z.object({ meanings: z.array(meaning) });
