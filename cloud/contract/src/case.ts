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

/** One line of a conversation, whoever said it. */
export const turn = z.object({
  id: z.string(),
  session: z.string(),
  at: ms,
  by: z.enum(['operator', 'agent', 'technician', 'system']),
  /** Whose name to show, for a technician. */
  name: z.string().max(120).optional(),
  text: z.string().max(8000),
  intent: z.string().optional(),
  confidence: z.number().optional(),
  rung: rung.optional(),
  citations: z.array(citation).max(50).default([]),
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

/** The case capsule: everything a technician needs to take over without asking again. */
export const handoff = z.object({
  case: z.string(),
  session: z.string(),
  at: ms,
  locale,
  urgency,
  /** The policy rule that fired, or `asked` when the person asked. */
  rule: z.object({ id: z.string(), because: localized, measures: z.record(z.string(), z.number()).default({}) }),
  summary: localized,
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
