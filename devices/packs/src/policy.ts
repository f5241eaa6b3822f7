import { id, localized } from '@wayside/protocol';
import { z } from 'zod';

/** What a policy rule may look at. All numbers are measured in the session at hand. */
export const measure = z.enum([
  'turns',
  'seconds',
  'confidence',
  'unmatched',
  'failedSteps',
  'repeats',
  'sentiment',
  'sentimentTrend',
  'severity',
  'customerValue',
  'asked',
]);
export type Measure = z.infer<typeof measure>;

/** `policy.yaml`: when a person takes over. A rule fires when every limit in `when` is met; the strongest effect wins. */
export const policyFile = z
  .object({
    rules: z.array(
      z
        .object({
          id,
          /** Why this rule exists, shown to technicians beside the case. */
          because: localized,
          when: z.partialRecord(measure, z.object({ atLeast: z.number().optional(), atMost: z.number().optional() }).strict()),
          effect: z.enum(['offer', 'handoff', 'handoff-urgent']),
        })
        .strict(),
    ),
  })
  .strict();
export type Policy = z.infer<typeof policyFile>;
