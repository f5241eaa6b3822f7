import { id } from '@wayside/protocol';
import { z } from 'zod';
import { cueSection } from './cues.ts';

/**
 * `phrases/<lang>.yaml`: sentence templates in the Home Assistant (hassil) form: `[optional]`, `(a|b)`, `{list}`, `<rule>`.
 * Intents are the core's (see GLOSSARY): why, status, safe, may, howto, signal, observe, person, command, repeat, thanks, hello, bye, yes, no, unsure, cancel, faults.
 * The core's `emergency` and `self-harm` are heard anywhere in a sentence, and so is what stands under `cues`.
 * `slots` fixes slot values for an intent entry, such as `{ observation: grinding-noise }` for `observe`.
 */
export const phraseFile = z
  .object({
    language: z.enum(['en', 'zh']),
    rules: z.record(z.string(), z.string()).default({}),
    lists: z.record(z.string(), z.array(z.object({ in: z.string(), out: z.string() }).strict())).default({}),
    intents: z.record(
      id,
      z.array(z.object({ sentences: z.array(z.string().min(1)).min(1), slots: z.record(id, z.string()).default({}) }).strict()),
    ),
    cues: cueSection,
  })
  .strict();
export type PhraseFile = z.infer<typeof phraseFile>;
