import { dtcCode, dtcState, id, localized, signalName, thingModel, value } from '@wayside/protocol';
import { z } from 'zod';

/** A span of time such as `30s`, `10m`, `1.5h`. */
export const span = z.string().regex(/^\d+(\.\d+)?(ms|s|m|h|d)$/, 'a span is a number and ms, s, m, h or d');

const probability = z.number().min(0).max(1);

/** `pack.yaml`: what this pack is. */
export const packHead = z
  .object({
    family: id,
    version: z.string().regex(/^\d+\.\d+\.\d+$/),
    title: localized,
    /** One sentence: which things this family holds. */
    summary: localized,
    licence: z.string(),
    sources: z.array(z.string()).default([]),
  })
  .strict();

/** `thing.yaml`. */
export const thingFile = thingModel;

/** A test on the newest value of a signal. Exactly one of the comparisons. */
export const condition = z
  .object({ signal: signalName, above: z.number().optional(), below: z.number().optional(), is: value.optional(), isNot: value.optional() })
  .strict()
  .refine((c) => [c.above, c.below, c.is, c.isNot].filter((x) => x !== undefined).length === 1, 'exactly one of above, below, is, isNot');
export type Condition = z.infer<typeof condition>;

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

/** `observations.yaml`: what a person can tell us, each with the question that asks for it (answered yes, no or don't know). */
export const observationFile = z
  .object({
    observations: z.record(
      id,
      z
        .object({
          title: localized,
          question: localized,
          /** 1 is a glance, 5 means getting out and looking. */ cost: z.int().min(1).max(5).default(2),
        })
        .strict(),
    ),
  })
  .strict();

/** What may still be done with the machine, worst first: stop now; gently, to help; go on. */
export const safety = z.enum(['stop', 'gently', 'go-on']);
export type Safety = z.infer<typeof safety>;

export const severity = z.enum(['info', 'advice', 'warning', 'danger']);
export type Severity = z.infer<typeof severity>;

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
    prior: probability,
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

/** `procedures.yaml`: steps a person follows; a step may propose one of the thing's own actions. */
export const step = z
  .object({
    id,
    text: localized,
    safety: localized.optional(),
    action: z
      .object({ name: id, args: z.record(id, value).default({}) })
      .strict()
      .optional(),
  })
  .strict();
export const procedure = z
  .object({
    title: localized,
    tools: z.array(localized).default([]),
    minutes: z.int().positive().optional(),
    steps: z.array(step).min(1).max(30),
  })
  .strict();
export type Procedure = z.infer<typeof procedure>;
export const procedureFile = z.object({ procedures: z.record(id, procedure) }).strict();

/** `dtcs.yaml`: the family's trouble codes in our words. */
export const dtcFile = z.object({ source: z.string().min(1), dtcs: z.record(dtcCode, z.object({ title: localized }).strict()) }).strict();

/**
 * `phrases/<lang>.yaml`: sentence templates in the Home Assistant (hassil) form: `[optional]`, `(a|b)`, `{list}`, `<rule>`.
 * Intents are the core's (see GLOSSARY): why, status, safe, howto, signal, observe, person, command, repeat, thanks, hello, bye, yes, no, unsure, cancel, faults.
 * `slots` fixes slot values for an intent entry, such as `{ observation: grinding-noise }` for `observe`.
 */
export const phraseFile = z
  .object({
    language: z.enum(['en', 'zh']),
    rules: z.record(z.string(), z.string()).default({}),
    lists: z.record(z.string(), z.array(z.object({ in: z.string(), out: z.string() }).strict())).default({}),
    intents: z.record(
      id,
      z.array(z.object({ sentences: z.array(z.string().min(1)).min(1), slots: z.record(id, z.string()).default({}) }).strict()),
    ),
  })
  .strict();
export type PhraseFile = z.infer<typeof phraseFile>;

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

/** The head of an article in `articles/<lang>/<id>.md`, between `---` lines; the body is Markdown. */
export const articleHead = z
  .object({
    id,
    title: z.string().min(1).max(200),
    faults: z.array(id).default([]),
    tags: z.array(z.string()).default([]),
    sources: z.array(z.string()).min(1),
  })
  .strict();

/**
 * A scenario: a seeded timeline on top of a base. Read by the simulators; its file lies in the pack's `tests/scenarios/`.
 * `base.signals` gives each signal a level, with optional noise (standard deviation), period and swing (sine), and `base.recording` replays a CSV
 * in `recordings/` whose header holds signal names and whose first column is seconds. Times in the timeline count from the start.
 */
const wave = z.object({ value, noise: z.number().min(0).default(0), swing: z.number().default(0), period: span.default('10m') }).strict();
const change = z
  .object({
    at: span,
    signal: signalName.optional(),
    /** set: jump to; ramp: go to `to` over `over`; offset: add to what the base says, ramped over `over`; freeze: repeat the last; drop: stop publishing; release: back to the base. */
    do: z.enum(['set', 'ramp', 'offset', 'freeze', 'drop', 'release', 'dtc', 'offline', 'online']),
    to: value.optional(),
    over: span.default('0s'),
    code: dtcCode.optional(),
    state: dtcState.optional(),
  })
  .strict();
export const scenario = z
  .object({
    id,
    title: localized,
    family: id,
    thing: z
      .object({
        id,
        title: z.string(),
        maker: z.string().optional(),
        model: z.string().optional(),
        serial: z.string().optional(),
        firmware: z.string().optional(),
        year: z.int().optional(),
        location: z.string().optional(),
      })
      .strict(),
    seed: z.int(),
    every: span.default('1s'),
    duration: span,
    base: z.object({ recording: z.string().optional(), signals: z.record(signalName, wave).default({}) }).strict(),
    timeline: z.array(change).default([]),
    /** What a command of this name changes in the running scenario, so that a fix can be seen to work. */
    onCommand: z.record(id, z.array(change.omit({ at: true }))).default({}),
    /** The diagnosis that must be reached by the end of the scenario: `fault` null means healthy: no fault may be shown. */
    expect: z
      .object({
        fault: id.nullable(),
        within: span.optional(),
        answers: z.record(id, z.enum(['yes', 'no', 'unsure'])).default({}),
        not: z.array(id).default([]),
      })
      .strict(),
  })
  .strict();
export type Scenario = z.infer<typeof scenario>;

/** `tests/phrases.yaml`: sentences with the intent and slots they must yield; intent null must be rejected. */
export const phraseTests = z
  .object({
    tests: z.array(
      z
        .object({ language: z.enum(['en', 'zh']), text: z.string(), intent: id.nullable(), slots: z.record(id, z.string()).default({}) })
        .strict(),
    ),
  })
  .strict();

/** `tests/articles.yaml`: questions with the article the search must bring up first three. */
export const articleTests = z
  .object({ tests: z.array(z.object({ language: z.enum(['en', 'zh']), question: z.string(), article: id }).strict()) })
  .strict();

/** `tests/policy.yaml`: measures with the effect that must follow (null: none). */
export const policyTests = z
  .object({
    tests: z.array(
      z
        .object({
          measures: z.partialRecord(measure, z.number()),
          effect: z.enum(['offer', 'handoff', 'handoff-urgent']).nullable(),
          rule: id.optional(),
        })
        .strict(),
    ),
  })
  .strict();
