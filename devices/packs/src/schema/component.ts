import { id, localized } from '@wayside/protocol';
import { z } from 'zod';

/** A part of a thing that people ask about by itself: the tyres, a bearing. */
export const component = z
  .object({
    title: localized,
    /** Those that tell of it, what matters most first; `*` stands for any part between two dots. */
    signals: z.array(z.string().min(1).max(200)).default([]),
    /** What can be wrong with it. */
    faults: z.array(id).default([]),
    /** Not every thing of the family has it: one that reads none of its signals has none, and none of its faults is thought of. */
    optional: z.boolean().default(false),
  })
  .strict();
export type Component = z.infer<typeof component>;

/** `components.yaml`: what a thing is made of, in its owner's words. */
export const componentFile = z.object({ components: z.record(id, component) }).strict();
