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
  /** Trouble in the talk itself, of late: asked anew, put in other words, "no, not that", cut short. 0 none; about 1 for each. */
  'trouble',
  'sentiment',
  'sentimentTrend',
  'severity',
  'customerValue',
  'asked',
  /** How hard the machine's trouble is, 0 to 1, and what that comes from. */
  'complexity',
  'causes',
  'steps',
  'unknowns',
]);
export type Measure = z.infer<typeof measure>;
export type Measures = Partial<Record<Measure, number>>;

/** What somebody wants: a chat, a fact, to know what is wrong, to mend it, the machine to do something, a person, help in danger. */
export const requestKind = z.enum(['talk', 'information', 'diagnosis', 'repair', 'command', 'person', 'emergency']);
export type RequestKind = z.infer<typeof requestKind>;

const limits = z.partialRecord(measure, z.object({ atLeast: z.number().optional(), atMost: z.number().optional() }).strict());

const policyRule = z
  .object({
    id,
    /** Why this rule exists, shown to the person and to technicians beside the case. */
    because: localized,
    when: limits,
    /** Only for requests of these kinds. */
    kinds: z.array(requestKind).min(1).optional(),
    /** Offer a person; have a technician look on while the agent goes on; hand over; hand over urgently. */
    effect: z.enum(['offer', 'look-on', 'handoff', 'handoff-urgent']),
  })
  .strict();
export type PolicyRule = z.infer<typeof policyRule>;

const chance = z.number().min(0).max(1);
const surely = z.object({ any: chance, one: chance }).strict();
/** How sure, 0 to 1, the ear for danger must be: that there is danger at all, and that it is one hazard. To get a person at once; to ask whether it is so, and say what to do if it is. */
const dangerSure = z.object({ call: surely, ask: surely }).strict();

/** `policy.yaml`: when a person takes over. A rule fires when every limit in `when` is met; the strongest effect wins. */
export const policyFile = z
  .object({
    /** What keeps it from nagging: turns for which a rule's reason must be gone before it speaks again, and turns of peace after a "no". */
    calm: z
      .object({ rearm: z.int().min(0).max(50).default(3), afterNo: z.int().min(0).max(50).default(4) })
      .strict()
      .prefault({}),
    rules: z.array(policyRule).max(100),
    /** Which faults need a technician who knows something special: the first that fits names the skill; else it is the family's. */
    skills: z
      .array(z.object({ id, title: localized, faults: z.array(id).min(1) }).strict())
      .max(50)
      .default([]),
    /** While this signal is above that, whoever talks has their eyes elsewhere: answers are short, lists short, and nobody is asked to type. */
    moving: z
      .object({ signal: z.string().min(1).max(128), above: z.number(), list: z.int().min(1).max(10).default(3) })
      .strict()
      .optional(),
    /** What is made of danger that is told without its name; surer where a reply is likelier, since something was asked or a step is at hand. */
    danger: z
      .object({
        unasked: dangerSure.default({ call: { any: 0.75, one: 0.35 }, ask: { any: 0.4, one: 0.2 } }),
        waiting: dangerSure.default({ call: { any: 0.8, one: 0.4 }, ask: { any: 0.6, one: 0.3 } }),
      })
      .strict()
      .prefault({}),
  })
  .strict();
export type Policy = z.infer<typeof policyFile>;
