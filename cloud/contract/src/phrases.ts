import { id, locale } from '@wayside/protocol';
import { z } from 'zod';

/** What a sentence can be said to mean from the desk. */
export const taughtIntent = z.enum(['why', 'status', 'safe', 'howto', 'faults', 'signal', 'observe', 'command', 'person']);

/** A plain sentence: without the brackets of a template, whose meaning would be another. */
const sentence = z
  .string()
  .trim()
  .min(2)
  .max(200)
  .regex(/^[^[\](){}<>|]*$/, 'a plain sentence has no brackets');

/** Sentences people use that no pack knows, and what they mean. `slots` names the signal, the sign or the action they are about. */
export const phraseSet = z.object({
  id,
  family: id,
  locale,
  intent: taughtIntent,
  slots: z.record(z.string().max(40), z.string().max(128)).default({}),
  sentences: z.array(sentence).min(1).max(50),
});
export type PhraseSet = z.infer<typeof phraseSet>;
