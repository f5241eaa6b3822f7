import { id, localized } from '@wayside/protocol';
import { z } from 'zod';
import { condition } from './detector.ts';
import { span } from './span.ts';

/** `pack.yaml`: what this pack is. */
export const packHead = z
  .object({
    family: id,
    version: z.string().regex(/^\d+\.\d+\.\d+$/),
    title: localized,
    /** One sentence: which things this family holds. */
    summary: localized,
    licence: z.string(),
    sources: z.array(z.string()).default([]),
    /** While all of these hold, the person has their hands full (driving): questions that need a look are not put, others cost more. */
    busyWhile: z.array(condition).default([]),
    /**
     * When things of this family check themselves what they set codes for: a code that was cleared is proved gone only by so long of it. Without this,
     * whenever they run.
     */
    monitorsRun: z
      .object({ while: z.array(condition).min(1), for: span })
      .strict()
      .optional(),
    /** Things of this family stand where people work: nobody's mood is ever read at them (EU AI Act, Article 5(1)(f)). */
    workplace: z.boolean().default(false),
  })
  .strict();

/** The head of an article in `articles/<lang>/<id>.md`, between `---` lines; the body is Markdown. */
export const articleHead = z
  .object({
    id,
    title: z.string().min(1).max(200),
    faults: z.array(id).default([]),
    tags: z.array(z.string()).default([]),
    sources: z.array(z.string()).min(1),
  })
  .strict();
