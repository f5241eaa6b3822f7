import { citation } from '@wayside/contract';
import { locale, localized } from '@wayside/protocol';
import { z } from 'zod';

/** What the assistant lays beside a case. It sends nothing; a technician reads, changes and sends. */

/** What to do next, and what that rests on. */
export const suggestion = z.object({ text: localized, because: z.array(citation.extend({ said: localized.optional() })) });
export type Suggestion = z.infer<typeof suggestion>;

/** What is not known and would help; `ask`: the question in the person's language, ready to be put. */
export const missing = z.object({ what: localized, ask: z.string() });
export type Missing = z.infer<typeof missing>;

/** What must not be forgotten. */
export const reminder = z.object({ kind: z.enum(['safety', 'policy', 'promise', 'link']), text: localized });
export type Reminder = z.infer<typeof reminder>;

/** Sent at once: what follows from the case by rules. */
export const assistFacts = z.object({ next: z.array(suggestion), missing: z.array(missing), reminders: z.array(reminder) });
export type AssistFacts = z.infer<typeof assistFacts>;

/** A sentence of the draft and what it rests on, the moment it is judged. */
export const assistClaim = z.object({ text: z.string(), citation });
export type AssistClaim = z.infer<typeof assistClaim>;

/** The draft as a whole, in the person's language. */
export const assistReply = z.object({
  text: z.string(),
  citations: z.array(citation),
  /** Who wrote it: a model, the sentences of the articles as they stand, or nobody but a courtesy. */
  by: z.enum(['model', 'articles', 'question', 'courtesy']),
  /** Sentences a model wrote that rest on nothing here; they are left out. */
  dropped: z.int(),
});
export type AssistReply = z.infer<typeof assistReply>;

export const newTranslation = z.object({ text: z.string().trim().min(1).max(4_000), to: locale }).strict();
/** What is not as in the original: a number with its unit, a code, a name, a no; or it is in the wrong language, or far too short or long. */
export const loss = z.object({ what: z.enum(['number', 'code', 'name', 'negation', 'language', 'length']), detail: z.string() });
/** Made by a machine, and marked as such wherever it is shown. `same`: it is in that language already. */
export const translation = z.discriminatedUnion('state', [
  z.object({ state: z.literal('done'), text: z.string(), by: z.string() }),
  z.object({ state: z.literal('not-shown'), losses: z.array(loss) }),
  z.object({ state: z.enum(['same', 'no-model', 'busy', 'failed']) }),
]);
export type Translation = z.infer<typeof translation>;
