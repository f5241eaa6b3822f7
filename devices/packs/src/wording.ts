import { locale } from '@wayside/protocol';
import { z } from 'zod';

/** Feelings that are answered with a sentence of acknowledgment. */
export const acknowledged = z.enum(['anger', 'frustration', 'anxiety', 'urgency']);

/** `wording/<lang>.yaml`: how the agent acknowledges what somebody goes through, in a few variants, so that nobody hears one twice in a row, and how names are said aloud. */
export const wordingFile = z
  .object({
    language: locale,
    /** What the thing is called in passing: "the car". Stands for `{it}` in the sentences. */
    it: z.string().min(1).max(40).optional(),
    /** How names are said aloud whose letters do not tell, in words or single letters: `AdBlue: add blue`. */
    spoken: z
      .record(
        z.string().min(1).max(60),
        z
          .string()
          .min(1)
          .max(120)
          .regex(/^[\p{L}' -]+$/u, 'words and letters only: write figures as words'),
      )
      .default({}),
    acknowledge: z.partialRecord(acknowledged, z.array(z.string().min(1).max(200)).min(2).max(8)).default({}),
  })
  .strict();
export type Wording = z.infer<typeof wordingFile>;
