import { condition, id, localized, quality, signalName, value } from '@wayside/protocol';
import { z } from 'zod';
import { which } from './selector.ts';
import { span } from './span.ts';

export { type Condition, condition } from '@wayside/protocol';

const bounds = { above: z.number().optional(), below: z.number().optional() };
/** It must last `for` so long, and is looked at only `while` every condition holds. */
const lasting = { for: span.default('0s'), while: z.array(condition).default([]) };
/** The mean of each `every` counts as one value; nothing is judged before the signal was `learn`ed for so long. */
const learning = (learn: string) => ({ every: span.default('5m'), learn: span.default(learn) });

/**
 * How a symptom shows in the signals. All are streaming and hold bounded state. With a selector for `signal` a detector runs on each signal
 * found. What each looks for:
 * - limit: value above/below, until it comes back past `clear` (hysteresis)
 * - rate: change per `per` above/below, measured over `over`
 * - difference: signal minus `minus` above/below
 * - stuck: the number does not change by more than `within` for `for`, and for `times` as long as it ever stayed so before
 * - missing: nothing heard of the signal for `for`, and for `times` its longest usual pause, though the thing goes on talking
 * - silent: nothing at all heard of the thing for `for`, and for `times` its longest usual pause
 * - state: the signal is one of `states`
 * - quality: the samples of the signal are marked as one of `marks`
 * - noisy: the noise (standard deviation around a slow course) over `over` above `above`, or `times` its own usual
 * - shift: the median of the last `over` lies more than `times` robust standard deviations, and more than `by`, from the median of the last
 *   `against`; with `minus: siblings` the same of its distance to the median of all signals the selector finds (three at least)
 * - change: the mean has changed, also by little: two-sided CUSUM with allowance `drift` and threshold `limit`, in standard deviations (as
 *   they stand: once in about 70,000 values of white noise for nothing)
 * - season: farther from what is usual at this time of day (weekends apart) than `times` what only one value in a hundred is, and than `by`
 * - together: it and the signals `with` it depart from what they learned of one another, and of the levels they keep; every `every` one row
 *   of all is taken, as they were last heard, and faults that last for a dozen rows are found
 * - unusual: nothing that was as unusual as this happened in all but one of `oneIn` values so far, whatever made it so
 */
export const detector = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('limit'), signal: which, ...bounds, clear: z.number().optional(), ...lasting }).strict(),
  z.object({ kind: z.literal('rate'), signal: which, ...bounds, per: span.default('1m'), over: span.default('1m'), ...lasting }).strict(),
  z.object({ kind: z.literal('difference'), signal: signalName, minus: signalName, ...bounds, ...lasting }).strict(),
  z
    .object({
      kind: z.literal('stuck'),
      signal: which,
      within: z.number().default(0),
      times: z.number().min(0).default(0),
      ...lasting,
      for: span,
    })
    .strict(),
  z.object({ kind: z.literal('missing'), signal: which, for: span, times: z.number().min(0).default(0) }).strict(),
  z.object({ kind: z.literal('silent'), for: span, times: z.number().min(0).default(0) }).strict(),
  z.object({ kind: z.literal('state'), signal: which, states: z.array(value).min(1), ...lasting }).strict(),
  z.object({ kind: z.literal('quality'), signal: which, marks: z.array(quality).min(1), ...lasting }).strict(),
  z
    .object({
      kind: z.literal('noisy'),
      signal: which,
      above: z.number().positive().optional(),
      times: z.number().min(1).optional(),
      over: span.default('10m'),
      learn: span.default('1d'),
      ...lasting,
    })
    .strict(),
  z
    .object({
      kind: z.literal('shift'),
      signal: which,
      minus: z.literal('siblings').optional(),
      times: z.number().positive().default(6),
      by: z.number().min(0).default(0),
      over: span.default('30m'),
      against: span.default('2d'),
      ...lasting,
    })
    .strict(),
  z
    .object({
      kind: z.literal('change'),
      signal: which,
      drift: z.number().positive().default(0.5),
      limit: z.number().positive().default(10),
      ...learning('1d'),
      ...lasting,
    })
    .strict(),
  z
    .object({
      kind: z.literal('season'),
      signal: which,
      times: z.number().positive().default(2),
      by: z.number().min(0).default(0),
      ...learning('3d'),
      ...lasting,
    })
    .strict(),
  z
    .object({
      kind: z.literal('together'),
      signal: signalName,
      with: z.array(signalName).min(1).max(15),
      ...learning('1d'),
      every: span.default('10s'),
      ...lasting,
    })
    .strict(),
  z
    .object({ kind: z.literal('unusual'), signal: which, oneIn: z.number().min(10).max(1e6).default(1_000), ...learning('1d'), ...lasting })
    .strict(),
]);
export type Detector = z.infer<typeof detector>;
export type DetectorOf<Kind extends Detector['kind']> = Extract<Detector, { kind: Kind }>;

/** Kinds that look at numbers only. */
export const ofNumbers: ReadonlySet<Detector['kind']> = new Set([
  'limit',
  'rate',
  'difference',
  'noisy',
  'shift',
  'change',
  'season',
  'together',
  'unusual',
]);

/** Kinds that learn what is usual for a signal; a counter has no usual. */
export const ofUsual: ReadonlySet<Detector['kind']> = new Set(['noisy', 'shift', 'change', 'season', 'unusual', 'stuck']);

/** The signals that a detector names, each with its place; what a selector finds depends on the thing. */
export function namedSignals(detector: Detector): [place: string, signal: string][] {
  const named: [string, string][] = [];
  if ('signal' in detector && typeof detector.signal === 'string') named.push(['signal', detector.signal]);
  if (detector.kind === 'difference') named.push(['minus', detector.minus]);
  if (detector.kind === 'together') for (const [i, one] of detector.with.entries()) named.push([`with.${i}`, one]);
  if ('while' in detector) for (const [i, condition] of detector.while.entries()) named.push([`while.${i}`, condition.signal]);
  return named;
}

/** `symptoms.yaml`: what the signals can show. */
export const symptomFile = z
  .object({
    symptoms: z.record(
      id,
      z
        .object({
          title: localized,
          detect: detector,
          /** While it shows, the signal it shows on is not to be believed: other detectors leave it alone, and its samples are marked. */
          doubts: z.boolean().optional(),
        })
        .strict(),
    ),
  })
  .strict();
