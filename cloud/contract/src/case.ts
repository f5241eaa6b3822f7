import { dtcState, locale, localized, value } from '@wayside/protocol';
import { z } from 'zod';

const ms = z.number().int().nonnegative();

/** What an answer or a verdict rests on. `ref` names it: `signal@epochMs`, a code, a fault id, a rule id, `article-id`, a name. */
export const citation = z.object({
  kind: z.enum(['sample', 'dtc', 'fault', 'rule', 'article', 'person']),
  ref: z.string().max(300),
  text: z.string().max(2000),
});
export type Citation = z.infer<typeof citation>;

/** The rung of the ladder that answered. */
export const rung = z.enum(['grammar', 'classifier', 'diagnosis', 'knowledge', 'generator', 'human']);
export type Rung = z.infer<typeof rung>;

/**
 * A stretch of an answer's text, word for word: what to do now (`do`), what it is (`what`), what that rests on (`basis`). The text says it all
 * without them; they tell a screen what to show large, and what may fold.
 */
export const answerPart = z.object({ kind: z.enum(['do', 'what', 'basis']), text: z.string().max(8000) });
export type AnswerPart = z.infer<typeof answerPart>;

/** One line of a conversation, whoever said it. */
export const turn = z.object({
  id: z.string(),
  session: z.string(),
  at: ms,
  by: z.enum(['operator', 'agent', 'technician', 'system']),
  /** Whose name to show, for a technician. */
  name: z.string().max(120).optional(),
  text: z.string().max(8000),
  /** Stretches of an answer's text, in their order. */
  parts: z.array(answerPart).max(10).optional(),
  intent: z.string().optional(),
  confidence: z.number().optional(),
  rung: rung.optional(),
  citations: z.array(citation).max(50).default([]),
  /** What the policy of this family looked at when the operator said it, so that another policy can be played over it. */
  measured: z
    .object({
      family: z.string().max(64).optional(),
      kind: z.string().max(40).optional(),
      measures: z.record(z.string().max(40), z.number()),
    })
    .optional(),
  /** It was spoken: how sure the ears were, and the answer it interrupted, with what of that was never heard. */
  voice: z
    .object({
      confidence: z.number().min(0).max(1),
      cut: z.object({ turn: z.string().max(80), unsaid: z.string().max(8000) }).optional(),
    })
    .optional(),
});
export type Turn = z.infer<typeof turn>;

const evidenceKind = z.enum(['symptom', 'dtc', 'observation']);

/** A hypothesised cause with its evidence, as people see it. */
export const faultReport = z.object({
  thing: z.string(),
  fault: z.string(),
  title: localized,
  explanation: localized,
  severity: z.enum(['info', 'advice', 'warning', 'danger']),
  safety: z.enum(['stop', 'gently', 'go-on']),
  safetyAdvice: localized,
  probability: z.number().min(0).max(1),
  since: ms,
  evidence: z
    .array(
      z.object({
        kind: evidenceKind,
        ref: z.string(),
        title: localized,
        /** Does it speak for the fault or against it? */
        for: z.boolean(),
        /** How much: the natural logarithm of its likelihood ratio. */
        weight: z.number().nonnegative().optional(),
        signal: z.string().optional(),
        at: ms.optional(),
        value: value.optional(),
        unit: z.string().optional(),
        /** What was expected of the signal at that moment, in its unit: a limit, or what its own past makes usual. */
        low: z.number().optional(),
        high: z.number().optional(),
        /** One value in so many so far was as unusual, where the detector tells. */
        oneIn: z.number().optional(),
      }),
    )
    .max(100),
  /** What people were asked, or told unasked, of this thing. */
  asked: z
    .array(z.object({ observation: z.string(), question: localized, answer: z.enum(['yes', 'no', 'unsure']) }))
    .max(50)
    .optional(),
  /** Each single answer, symptom or code that would give the verdict to `fault`. */
  wouldChange: z
    .array(
      z.object({
        kind: evidenceKind,
        ref: z.string(),
        title: localized,
        if: z.enum(['yes', 'no', 'present', 'absent']),
        fault: z.string(),
        faultTitle: localized,
      }),
    )
    .max(20)
    .optional(),
  /** What is seen and comes, as far as we know, from none of the faults we know. */
  unexplained: z
    .array(z.object({ kind: evidenceKind, ref: z.string(), title: localized }))
    .max(50)
    .optional(),
  procedure: z.string().optional(),
  article: z.string().optional(),
});
export type FaultReport = z.infer<typeof faultReport>;

export const dtcReport = z.object({
  thing: z.string(),
  code: z.string(),
  title: localized.optional(),
  /** How it failed, two hex digits (SAE J2012-DA); the title says it in words. */
  failureType: z.string().max(2).optional(),
  state: dtcState,
  at: ms,
  freezeFrame: z.record(z.string(), value).optional(),
});
export type DtcReport = z.infer<typeof dtcReport>;

/** Samples of one signal around the moment that matters: pairs of epoch ms and number. */
export const trace = z.object({
  signal: z.string(),
  title: localized,
  unit: z.string().optional(),
  points: z.array(z.tuple([ms, z.number()])).max(2000),
});
export type Trace = z.infer<typeof trace>;

export const thingReport = z.object({
  id: z.string(),
  title: z.string(),
  titles: localized.optional(),
  family: z.string(),
  model: z.string().optional(),
  maker: z.string().optional(),
  serial: z.string().optional(),
  firmware: z.string().optional(),
  year: z.number().optional(),
  location: z.string().optional(),
  presence: z.enum(['online', 'offline', 'unknown']),
});
export type ThingReport = z.infer<typeof thingReport>;

export const stepTried = z.object({
  procedure: z.string(),
  step: z.string(),
  text: localized,
  at: ms,
  outcome: z.enum(['done', 'skipped', 'failed']),
});

export const urgency = z.enum(['normal', 'urgent']);

/** Who takes a request, and why. */
export const route = z.object({
  to: z.enum(['agent', 'together', 'technician', 'emergency']),
  because: localized,
  /** The rule that decided, where one did. */
  rule: z.string().optional(),
  kind: z.enum(['talk', 'information', 'diagnosis', 'repair', 'command', 'person', 'emergency']),
  /** 0 to 1; severity 0 info to 3 danger; how much this customer matters, 0 to 1, where it is known. */
  complexity: z.number().min(0).max(1),
  severity: z.number().min(0).max(3),
  customerValue: z.number().min(0).max(1).optional(),
  /** What that value is called, and where it is written. */
  customer: z.object({ tier: z.string().max(60), source: z.string().max(120) }).optional(),
  /** What the technician should know. */
  skill: z.object({ id: z.string(), title: localized }).optional(),
});
export type Route = z.infer<typeof route>;

/** Does a technician only look on while the agent goes on, or take over? */
export const attention = z.enum(['looks-on', 'takes-over']);
export type Attention = z.infer<typeof attention>;

const handoffRule = z.object({
  id: z.string(),
  because: localized,
  /** What it is about, in a word or two, where the rule knows: which emergency. */
  title: localized.optional(),
  measures: z.record(z.string(), z.number()).default({}),
});

/** An open case asks for more since it was handed over: more urgently, or to take over where somebody only looked on. */
export const raise = z.object({
  case: z.string(),
  session: z.string(),
  at: ms,
  urgency,
  attention: attention.default('takes-over'),
  rule: handoffRule,
  route: route.optional(),
  faults: z.array(faultReport).max(50),
});
export type Raise = z.infer<typeof raise>;

/** What the person never has to say again. */
export const brief = z.object({
  /** The trouble in their own words. */
  said: z.array(z.string().max(500)).max(5),
  /** What nobody asked yet, and what nothing explains. */
  open: z.array(localized).max(10),
  /** What to do next. */
  next: localized,
  /** How they felt, −1 to 1, and where it was going. Only where they agreed to have it told. */
  mind: z.object({ mood: z.number().min(-1).max(1), trend: z.number().min(-2).max(2).optional() }).optional(),
});
export type Brief = z.infer<typeof brief>;

/** The case capsule: everything a technician needs to take over without asking again. */
export const handoff = z.object({
  case: z.string(),
  session: z.string(),
  at: ms,
  locale,
  urgency,
  /** The policy rule that fired, or `asked` when the person asked. */
  rule: handoffRule,
  attention: attention.default('takes-over'),
  /** Who was to take it, and what that came from. */
  route: route.optional(),
  /** Why it asked for more later, where it did. */
  raised: raise.pick({ at: true, rule: true }).optional(),
  summary: localized,
  brief: brief.optional(),
  /** What they had agreed to by then: that their mood is kept, that what reaches them may be passed on. */
  consents: z.object({ mood: z.boolean(), contact: z.boolean() }).optional(),
  person: z.object({ id: z.string(), name: z.string().max(120).optional(), customerValue: z.number().min(0).max(1).optional() }).optional(),
  channel: z.string().max(40),
  thing: thingReport.optional(),
  faults: z.array(faultReport).max(50),
  dtcs: z.array(dtcReport).max(200),
  traces: z.array(trace).max(12),
  steps: z.array(stepTried).max(200),
  transcript: z.array(turn).max(500),
  /** What the names in freeze frames and traces mean. */
  signals: z.record(z.string(), z.object({ title: localized, unit: z.string().max(32).optional() })).default({}),
});
export type Handoff = z.infer<typeof handoff>;
