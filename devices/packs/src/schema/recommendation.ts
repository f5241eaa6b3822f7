import { id, localized, signalName, value } from '@wayside/protocol';
import { z } from 'zod';
import { condition } from './detector.ts';
import { span } from './span.ts';

const over = span.refine((text) => /[dh]$/.test(text), 'a figure is kept by the day: give it in d, or in h from 24h on');
const titled = { title: localized, unit: z.string().max(32).optional() };

/**
 * A figure on how a thing is used, kept by the day as its samples come; a stretch without samples for `gap` counts for nothing.
 * `latest`: the newest value; `mean`, `least`, `most` of a signal; `hours` while a condition holds; `runs`: how often it came to hold, of those
 * that lasted as long as said and began as said; `age` in years, from the thing's own description; `seen`: how often a fault of this thing was
 * repaired, or is there now; `share`: one figure of another, in percent.
 */
export const figure = z.union([
  z.object({ ...titled, latest: signalName }).strict(),
  z.object({ ...titled, mean: signalName, over }).strict(),
  z.object({ ...titled, least: signalName, over }).strict(),
  z.object({ ...titled, most: signalName, over }).strict(),
  z.object({ ...titled, hours: condition, over, gap: span.default('30m') }).strict(),
  z
    .object({
      ...titled,
      runs: condition,
      over,
      gap: span.default('30m'),
      shorter: span.optional(),
      longer: span.optional(),
      begins: condition.optional(),
    })
    .strict(),
  z.object({ ...titled, age: z.literal('years') }).strict(),
  z.object({ ...titled, seen: id, over }).strict(),
  z.object({ ...titled, share: id, of: id }).strict(),
]);
export type Figure = z.infer<typeof figure>;

const bound = z
  .object({ figure: id, atLeast: z.number().optional(), atMost: z.number().optional() })
  .strict()
  .refine(({ atLeast, atMost }) => atLeast !== undefined || atMost !== undefined, 'give atLeast, atMost or both');

/** Something worth doing that no fault calls for: with what it rests on, and how to do it. */
export const recommendation = z
  .object({
    title: localized,
    /** What to do, in a sentence or two. */
    advice: localized,
    /** Why, with the figures: `{short-trips}` is put in with its unit. */
    because: localized,
    /** All of these, on figures that are known: what nobody measured recommends nothing. */
    when: z.array(bound).min(1).max(10),
    /** Not within this time of an answer: done or not interested. */
    again: span.default('90d'),
    /** How it is done: by a command of the thing after consent, or by what an article says. */
    do: z
      .object({ name: id, args: z.record(id, value).default({}) })
      .strict()
      .optional(),
    article: id.optional(),
    /** The procedure whose success on all edges is told with it, as a statistic. */
    procedure: id.optional(),
    sources: z.array(z.string().min(1).max(300)).min(1),
  })
  .strict();
export type Recommendation = z.infer<typeof recommendation>;

export const recommendationFile = z
  .object({
    /** So many new ones in seven days for one thing, and no more. */
    mostPerWeek: z.int().min(1).max(7).default(2),
    figures: z.record(id, figure),
    recommendations: z.record(id, recommendation),
  })
  .strict();
export type Recommendations = z.infer<typeof recommendationFile>;

/**
 * `tests/recommendations.yaml`: how a thing is used, and what is recommended for it at the end, in any order. `usage`: samples of a course that
 * is repeated; times count from the beginning of each repetition, `from` from the beginning of all.
 */
export const recommendationTests = z
  .object({
    tests: z
      .array(
        z
          .object({
            title: z.string().min(1),
            year: z.int().optional(),
            /** Faults that are there at the end. */
            faults: z.array(id).default([]),
            days: z.number().min(1).max(366).default(35),
            usage: z
              .array(
                z
                  .object({
                    from: span.default('0s'),
                    every: span.default('1d'),
                    times: z.int().min(1).max(2_000).default(30),
                    course: z
                      .array(z.object({ at: span, signals: z.record(signalName, value) }).strict())
                      .min(1)
                      .max(200),
                  })
                  .strict(),
              )
              .max(20),
            expect: z.array(id),
          })
          .strict(),
      )
      .min(1),
  })
  .strict();
export type RecommendationTest = z.infer<typeof recommendationTests>['tests'][number];
