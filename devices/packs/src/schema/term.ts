import { id, localized } from '@wayside/protocol';
import { z } from 'zod';

const names = z.array(z.string().min(1).max(80)).min(1).max(20);

/**
 * `terms.yaml`: words of the trade that people ask about ("what is a coil?"), with what each means in a sentence or two. By the first of its names
 * a term is shown.
 */
export const termFile = z
  .object({
    terms: z.record(
      id,
      z
        .object({
          names: z.object({ en: names, zh: names }).strict(),
          says: localized,
          /** Where more of it stands. */
          article: id.optional(),
          source: z.string().min(1),
        })
        .strict(),
    ),
  })
  .strict();
export type Term = z.infer<typeof termFile>['terms'][string];
