import { condition, id, localized, signalName, value } from '@wayside/protocol';
import { z } from 'zod';
import { span } from './span.ts';

export { type Condition, condition } from '@wayside/protocol';

/**
 * How a symptom shows in the signals. All are streaming, hold bounded state, and apply only `while` every condition holds.
 * - limit: value above/below, until it comes back past `clear` (hysteresis), for at least `for`
 * - rate: change per `per` above/below, measured over `over`
 * - difference: signal minus `minus` above/below, for at least `for`
 * - stuck: the number does not change by more than `within` for `for`, while conditions say it should move
 * - missing: nothing heard for `for` though the thing is online
 * - state: the signal is one of `states`, for at least `for`
 */
export const detector = z.discriminatedUnion('kind', [
  z
    .object({
      kind: z.literal('limit'),
      signal: signalName,
      above: z.number().optional(),
      below: z.number().optional(),
      clear: z.number().optional(),
      for: span.default('0s'),
      while: z.array(condition).default([]),
    })
    .strict(),
  z
    .object({
      kind: z.literal('rate'),
      signal: signalName,
      above: z.number().optional(),
      below: z.number().optional(),
      per: span.default('1m'),
      over: span.default('1m'),
      for: span.default('0s'),
      while: z.array(condition).default([]),
    })
    .strict(),
  z
    .object({
      kind: z.literal('difference'),
      signal: signalName,
      minus: signalName,
      above: z.number().optional(),
      below: z.number().optional(),
      for: span.default('0s'),
      while: z.array(condition).default([]),
    })
    .strict(),
  z
    .object({
      kind: z.literal('stuck'),
      signal: signalName,
      within: z.number().default(0),
      for: span,
      while: z.array(condition).default([]),
    })
    .strict(),
  z.object({ kind: z.literal('missing'), signal: signalName, for: span }).strict(),
  z
    .object({
      kind: z.literal('state'),
      signal: signalName,
      states: z.array(value).min(1),
      for: span.default('0s'),
      while: z.array(condition).default([]),
    })
    .strict(),
]);
export type Detector = z.infer<typeof detector>;

/** `symptoms.yaml`: what the signals can show. */
export const symptomFile = z.object({ symptoms: z.record(id, z.object({ title: localized, detect: detector }).strict()) }).strict();
