import { condition, dtcCode, id, locales, localized, value } from '@wayside/protocol';
import { z } from 'zod';
import { probability } from './span.ts';

const sentence = z
  .string()
  .trim()
  .min(1, 'is empty: write a sentence, or leave the line out')
  .max(120, 'is longer than 120 characters: people tell of one thing in a short sentence')
  .regex(/^[^?？]*$/, 'asks: write what somebody says who tells that it is so');
const sentences = z.array(sentence).max(24, 'has more than 24 sentences: keep those that differ most');

/** `observations.yaml`: what a person can tell us, each with the question that asks for it (answered yes, no or don't know). */
export const observationFile = z
  .object({
    observations: z.record(
      id,
      z
        .object({
          title: localized,
          question: localized,
          /**
           * How people really tell of it, in everyday words that differ: at most 24 sentences a language, of at most 120 characters. Not matched word by word as the
           * phrases are: a sentence nobody wrote is taken for the nearest of them. None may be just as true of another observation.
           */
          said: z.partialRecord(z.enum(locales), sentences).optional(),
          /** Not what somebody notices, but what was done or happened: nobody is offered it who is asked what they notice. */
          circumstance: z.boolean().default(false),
          /** By which sense alone it is told of: it is offered to who says only that something smells odd. */
          sense: z.enum(['smell']).optional(),
          /** What keeps people safe where it is so: said before all else to who tells it, whatever the cause. */
          mind: localized.optional(),
          /** 1 is a glance, 5 means getting out and looking. */ cost: z.int().min(1).max(5).default(2),
          /** `say`: the person knows it as they sit there; `look`: they must go and look, so never while the thing is `busyWhile`. */
          by: z.enum(['say', 'look']).default('say'),
          /** Asked only while all of these hold, as far as the thing tells them: nobody is asked in winter what it does when it cools. */
          askWhile: z.array(condition).min(1).optional(),
          /** One of the thing's own actions that makes it show; it is proposed and needs consent before the question is put. */
          action: z
            .object({ name: id, args: z.record(id, value).default({}) })
            .strict()
            .optional(),
        })
        .strict(),
    ),
  })
  .strict();
export type Observation = z.infer<typeof observationFile>['observations'][string];

/** What may still be done with the machine, worst first: stop now; gently, to help; go on. */
export const safety = z.enum(['stop', 'gently', 'go-on']);
export type Safety = z.infer<typeof safety>;

export const severity = z.enum(['info', 'advice', 'warning', 'danger']);
export type Severity = z.infer<typeof severity>;

/** Where a site lies, by the five main groups of Köppen and Geiger, A to E (Peel, Finlayson and McMahon, Hydrol. Earth Syst. Sci. 11, 2007). */
export const climate = z.enum(['tropical', 'dry', 'temperate', 'continental', 'polar']);
export type Climate = z.infer<typeof climate>;

/**
 * `faults.yaml`: causes. Each is a node of a noisy-OR network: `prior` is how common it is among things of this family in use
 * (an order of magnitude is enough), and each link is the chance that this cause alone brings the symptom, code or observation about.
 */
export const fault = z
  .object({
    title: localized,
    /** One or two sentences a driver or householder understands. */
    explanation: localized,
    severity,
    safety,
    /** What may still be done, said first and plainly. */
    safetyAdvice: localized,
    /** What comes of it where nothing is done, and whether it leaves somebody stranded: said to who asks that. */
    untreated: localized.optional(),
    prior: probability,
    /** Where this thing differs from the family: the prior's odds times `times` for each entry all of whose conditions hold. */
    priors: z
      .array(
        z
          .object({
            when: z
              .object({
                maker: z.string().optional(),
                model: z.string().optional(),
                /** Exact versions. */ firmware: z.array(z.string()).optional(),
                /** Years since the thing's `year`. */ ageAtLeast: z.number().optional(),
                ageBelow: z.number().optional(),
                /** One of these climates of the site. */ climate: z.array(climate).min(1).optional(),
              })
              .strict(),
            times: z.number().min(0.01).max(100),
            source: z.string().min(1),
          })
          .strict(),
      )
      .default([]),
    symptoms: z.record(id, probability).default({}),
    dtcs: z.record(dtcCode, probability).default({}),
    observations: z.record(id, probability).default({}),
    procedure: id.optional(),
    article: id.optional(),
    source: z.string().min(1),
  })
  .strict();
export type FaultModel = z.infer<typeof fault>;
export const faultFile = z.object({ faults: z.record(id, fault) }).strict();

/**
 * `dtcs.yaml`: the family's trouble codes in our words. `areas` names, by the first characters of a code, the part of the machine it is about,
 * and whether makers give such codes meanings of their own. `failureTypes` names how it failed, by the two hex digits behind a code (SAE J2012-DA).
 * `cleared` says what makes a code go that still stands after a repair: an action of the machine, and what else.
 */
export const dtcFile = z
  .object({
    source: z.string().min(1),
    dtcs: z.record(dtcCode, z.object({ title: localized }).strict()),
    areas: z
      .record(z.string().regex(/^[A-Z0-9]{1,5}$/), z.object({ title: localized, maker: z.boolean().default(false) }).strict())
      .optional(),
    failureTypes: z.record(z.string().regex(/^[0-9A-F]{2}$/), localized).optional(),
    cleared: z
      .object({ by: id, otherwise: localized.optional(), source: z.string().min(1) })
      .strict()
      .optional(),
  })
  .strict();
