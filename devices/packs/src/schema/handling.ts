import { id, localized } from '@wayside/protocol';
import { z } from 'zod';

/**
 * `handling.yaml`: what people ask whether they may do to the machine with their own hands ("can I open the radiator cap?"), by the verb and the
 * part. Never a command: nothing here moves anything.
 */
export const handlingFile = z
  .object({
    handling: z.record(
      id,
      z
        .object({
          /** The act: "Open the radiator cap". */
          title: localized,
          /** `no`: nobody may; `not-yourself`: whoever is trained for it; `with-care`: only as is said; `yes`. */
          may: z.enum(['no', 'not-yourself', 'with-care', 'yes']),
          /** Why, or how. */
          says: localized,
          article: id.optional(),
          source: z.string().min(1),
        })
        .strict(),
    ),
  })
  .strict();
export type Handling = z.infer<typeof handlingFile>['handling'][string];
