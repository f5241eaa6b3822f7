import { locale } from '@wayside/protocol';
import { z } from 'zod';

/** Feelings that are answered with a sentence of acknowledgment. */
export const acknowledged = z.enum(['anger', 'frustration', 'anxiety', 'urgency']);

const words = z.array(z.string().min(1).max(120)).max(200).default([]);
/** What people talk of that no pack knows, as templates of the phrases' form. */
export const otherThings = z
  .object({
    /** What else they own, or talk of: a dishwasher, the weather. */
    things: words,
    /** When one of ours has its trouble, and no thing of its own: "in the rain". */
    when: words,
    /** Said of one of ours: then it is not about the other alone. */
    ours: words,
  })
  .strict();
export type OtherThings = z.infer<typeof otherThings>;

/** How people of a region say what the language has another word for, and how they speak to whom they talk to. */
export const regionalWords = z
  .object({
    /** Said at either end of a sentence and no part of it: "mate", "唔该". */
    asides: words,
    /** By the word of the whole language, what is said for it: `什么: [啥子, 乜嘢]`. Whole words where words are parted. */
    says: z.record(z.string().min(1).max(60), z.array(z.string().min(1).max(60)).min(1).max(60)).default({}),
  })
  .strict();
export type RegionalWords = z.infer<typeof regionalWords>;

/** How people speak of a danger that is none now, as templates of the phrases' form. */
export const notInDanger = z
  .object({
    /** It is only thought of, over, or not there: "if", "last winter". */
    notNow: words,
    /** How a question begins, and how it ends without its mark: whoever asks may be in danger, and is asked back. */
    asksFirst: words,
    asksLast: words,
  })
  .strict();
export type NotInDanger = z.infer<typeof notInDanger>;

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
    /** In the core's alone. */
    others: otherThings.optional(),
    /** In the core's alone. */
    regional: regionalWords.optional(),
    /** In the core's alone. */
    danger: notInDanger.optional(),
    acknowledge: z.partialRecord(acknowledged, z.array(z.string().min(1).max(200)).min(2).max(8)).default({}),
  })
  .strict();
export type Wording = z.infer<typeof wordingFile>;
