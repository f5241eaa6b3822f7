import { id, localized, value } from '@wayside/protocol';
import { z } from 'zod';
import { span } from './span.ts';

/** How a step can come out, as the person says it. */
export const stepOutcomes = ['done', 'failed', 'skipped'] as const;

/** `procedures.yaml`: steps a person follows; a step may propose one of the thing's own actions. */
export const step = z
  .object({
    id,
    text: localized,
    safety: localized.optional(),
    /** Where it is and what it looks like, for who asks. */
    detail: localized.optional(),
    /** What else may do where the tool is missing; without it nothing else is named. */
    instead: localized.optional(),
    action: z
      .object({ name: id, args: z.record(id, value).default({}) })
      .strict()
      .optional(),
    /** A file of the pack's `pictures/`, described for those who cannot see it. */
    picture: z
      .object({ file: z.string().regex(/^[a-z0-9-]+\.(svg|png|webp)$/), alt: localized })
      .strict()
      .optional(),
    /** Where each outcome leads: another step, `end`, or `person`. Without an entry: the next step. */
    on: z.object({ done: id.optional(), failed: id.optional(), skipped: id.optional() }).strict().default({}),
  })
  .strict();
export const procedure = z
  .object({
    title: localized,
    tools: z.array(localized).default([]),
    minutes: z.int().positive().optional(),
    steps: z.array(step).min(1).max(30),
    /**
     * How the machine itself shows that it worked: `symptoms` must be judged and stay away `for` so long after the last step; until then it
     * is too early to say, and when `within` has passed without enough samples it stays so. Without `symptoms`, those of the fault mended.
     */
    confirm: z
      .object({ symptoms: z.array(id).optional(), for: span.default('2m'), within: span.default('24h') })
      .strict()
      .prefault({}),
  })
  .strict();
export type Procedure = z.infer<typeof procedure>;
export const procedureFile = z.object({ procedures: z.record(id, procedure) }).strict();
