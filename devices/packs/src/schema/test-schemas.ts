import { id } from '@wayside/protocol';
import { z } from 'zod';
import { measure, requestKind } from './policy.ts';

/** `tests/phrases.yaml`: sentences with the intent and slots they must yield; intent null must be rejected. */
export const phraseTests = z
  .object({
    tests: z.array(
      z
        .object({ language: z.enum(['en', 'zh']), text: z.string(), intent: id.nullable(), slots: z.record(id, z.string()).default({}) })
        .strict(),
    ),
  })
  .strict();

/** `tests/articles.yaml`: questions with the article the search must bring up first three. */
export const articleTests = z
  .object({ tests: z.array(z.object({ language: z.enum(['en', 'zh']), question: z.string(), article: id }).strict()) })
  .strict();

/** `tests/policy.yaml`: measures with the effect that must follow (null: none). */
export const policyTests = z
  .object({
    tests: z.array(
      z
        .object({
          measures: z.partialRecord(measure, z.number()),
          effect: z.enum(['offer', 'look-on', 'handoff', 'handoff-urgent']).nullable(),
          kind: requestKind.optional(),
          rule: id.optional(),
        })
        .strict(),
    ),
  })
  .strict();
