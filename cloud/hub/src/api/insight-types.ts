import { locale } from '@wayside/protocol';
import { z } from 'zod';

/** Whether people are helped, of the last `days`. */
export const help = z.object({
  days: z.int(),
  /** Conversations in which somebody said something, and those of them that a technician took. */
  talks: z.int(),
  handedOver: z.int(),
  /** Repairs by the verdict of the machine's own data. */
  repairs: z.object({ fixed: z.int(), notFixed: z.int(), tooEarly: z.int() }),
  /** How it was, as people tapped on their phone. */
  satisfaction: z.object({ good: z.int(), bad: z.int() }),
  /** One entry for each day, in UTC, the oldest first. */
  byDay: z.array(z.object({ day: z.string(), opened: z.int(), resolved: z.int() })),
  /** Those the agents answered from most, with how repairs by them went. */
  articles: z.array(
    z.object({
      id: z.string(),
      locale,
      title: z.string(),
      uses: z.int(),
      rate: z.object({ tries: z.int(), fixed: z.int(), notFixed: z.int() }).optional(),
    }),
  ),
});
export type Help = z.infer<typeof help>;
