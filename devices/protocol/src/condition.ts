import { z } from 'zod';
import { id, signalName } from './ids.ts';
import { type Value, value } from './sample.ts';
import { localized } from './text.ts';
import { span } from './units.ts';

const comparisons = { above: z.number().optional(), below: z.number().optional(), is: value.optional(), isNot: value.optional() };
const compares = (c: { above?: unknown; below?: unknown; is?: unknown; isNot?: unknown }) =>
  [c.above, c.below, c.is, c.isNot].filter((x) => x !== undefined).length === 1;

/** A test on the newest value of a signal. Exactly one of the comparisons. */
export const condition = z
  .object({ signal: signalName, ...comparisons })
  .strict()
  .refine(compares, 'exactly one of above, below, is, isNot');
export type Condition = z.infer<typeof condition>;

/** What must hold, on data at most two seconds old, in the moment an action is carried out. `because` is told to the person when it does not. */
export const interlock = z
  .object({ signal: signalName, ...comparisons, because: localized.optional() })
  .strict()
  .refine(compares, 'exactly one of above, below, is, isNot');
export type Interlock = z.infer<typeof interlock>;

/** Whether a value satisfies a condition or an interlock. */
export function holds({ above, below, is, isNot }: Pick<Condition, keyof typeof comparisons>, value: Value): boolean {
  if (above !== undefined) return typeof value === 'number' && value > above;
  if (below !== undefined) return typeof value === 'number' && value < below;
  return is === undefined ? value !== isNot : value === is;
}

/**
 * How the machine itself shows that an action had its effect: the signal reads so `within` that time. `isArg`: it reads what this argument
 * said, give or take `tolerance`; then what it read before is also how to undo it.
 */
export const expected = z
  .object({
    signal: signalName,
    above: z.number().optional(),
    below: z.number().optional(),
    is: value.optional(),
    isArg: id.optional(),
    tolerance: z.number().min(0).default(0),
    within: span.default('10s'),
  })
  .strict()
  .refine((e) => [e.above, e.below, e.is, e.isArg].filter((x) => x !== undefined).length === 1, 'exactly one of above, below, is, isArg');
export type Expected = z.infer<typeof expected>;
