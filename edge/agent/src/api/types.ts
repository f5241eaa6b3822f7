import {
  answerPart,
  attention,
  citation,
  commandReport,
  dtcReport,
  faultReport,
  historyPiece,
  personName,
  preferences,
  repairReport,
  role,
  route,
  rung,
  successRate,
  thingReport,
  turn,
  urgency,
} from '@wayside/contract';
import { id, locale, localized, quality, risk, signal, value } from '@wayside/protocol';
import { z } from 'zod';
import { consents } from './asks.ts';

export type { Identifier, VoiceAsk, VoiceEvent, VoiceTrouble } from '../voice/messages.ts';
export type { personChange } from './asks.ts';

/**
 * What the edge's HTTP door answers. The panel takes its types from here, and so does the edge: its schemas are only there for who asks for
 * `/openapi.json`, which loads them (`describe.ts`). What is checked at the door lies in `asks.ts`.
 */

export const sessionMade = z.object({ session: z.string() });

/** Who they are to this edge. `anyone`: no people are set up; `unknown`: they are, and nobody has said who this is. */
export const standing = z.enum(['anyone', 'owner', 'member', 'child', 'guest', 'unknown']);

/** Somebody as the picker shows them. */
export const personView = z.object({ person: z.string(), name: personName, role, hasPin: z.boolean(), locale: locale.optional() });
export type PersonView = z.infer<typeof personView>;

/** Who this browser speaks for, what they may, and how they like it. */
export const me = z.object({
  standing,
  /** The gravest risk of a command they may agree to. */
  mayAgreeTo: risk,
  /** What is said stays at this edge until a person is asked for. */
  keptHere: z.boolean(),
  /** What is said is forgotten after so many days. */
  keptDays: z.int(),
  /** May add, change and remove people. */
  manages: z.boolean(),
  preferences,
  /** With a profile, or for a guest an id that goes with them. */
  person: z.string().optional(),
  name: personName.optional(),
  role: role.optional(),
  hasPin: z.boolean().optional(),
  /** Their conversations go to their other edges, and a technician sees them. */
  shares: z.boolean().optional(),
  /** Since when they are known by their voice here; they agreed to it then. */
  voiceSince: z.number().optional(),
  devices: z
    .array(z.object({ device: z.string(), how: z.enum(['panel', 'phone']), name: z.string(), at: z.number(), here: z.boolean() }))
    .optional(),
});
export type Me = z.infer<typeof me>;

/** How it went to come in as somebody. `until`: epoch ms from which the next try is looked at. */
export const entered = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('entered'), person: z.string() }),
  z.object({ outcome: z.literal('wrong-pin'), triesLeft: z.int() }),
  z.object({ outcome: z.literal('wrong-code') }),
  z.object({ outcome: z.literal('locked'), until: z.number() }),
]);
export type Entered = z.infer<typeof entered>;

/** A one-time code for one's phone, and where the phone finds this panel; no address where only this machine itself is listened to. */
export const phoneCode = z.object({ code: z.string(), expiresAt: z.number(), addresses: z.array(z.string()) });
export type PhoneCode = z.infer<typeof phoneCode>;

/** A conversation somebody had, here or at another of their edges. */
export const pastSession = z.object({
  session: z.string(),
  startedAt: z.number(),
  lastAt: z.number(),
  channel: z.string(),
  locale,
  /** Their first words. */
  opening: z.string(),
  thing: z.string().optional(),
  elsewhere: z.object({ edge: z.string(), about: z.string().optional() }).optional(),
});
export type PastSession = z.infer<typeof pastSession>;

export type { HistoryPiece } from '@wayside/contract';

/** Where a handoff stands, in the words people see: saved here → at the hub → seen by a technician → answered → resolved; and safe, by now or later. */
export const handoffState = z.enum(['saved', 'at-hub', 'seen', 'answered', 'resolved']);
export type HandoffState = z.infer<typeof handoffState>;
export const handoffStatus = z.object({
  case: z.string(),
  state: handoffState,
  /** The rule that brought a person in, and why it did. */
  rule: z.string(),
  because: localized.optional(),
  urgency,
  /** A technician looks on while the agent goes on, or takes over. */
  attention,
  technician: z.string().optional(),
  /** A copy of it lies where the loss of the hub would not take it. */
  safe: z.literal(true).optional(),
  /** Once it is resolved the person was asked how it was, and said it or would not: they are not asked again. */
  rated: z.enum(['good', 'bad', 'no', 'elsewhere']).optional(),
});
export type HandoffStatus = z.infer<typeof handoffStatus>;

/** The next best question, answerable with a tap. */
export const question = z.object({
  observation: z.string(),
  text: z.string(),
  options: z.array(z.object({ say: z.string(), label: z.string() })),
});
/** A step of a guided procedure. */
export const guidedStep = z.object({
  procedure: z.string(),
  title: z.string(),
  step: z.string(),
  number: z.int(),
  of: z.int(),
  text: z.string(),
  safety: z.string().optional(),
  /** With the first step: what one needs, and about how long it takes. */
  tools: z.array(z.string()).optional(),
  minutes: z.number().optional(),
  /** With the first step, where it is known: how often this procedure has worked. */
  rate: successRate.optional(),
  /** `url` below this server. */
  picture: z.object({ url: z.string(), alt: z.string() }).optional(),
  /** What can be done from here instead of by hand. */
  action: z.object({ name: id, title: z.string(), effect: z.string().optional(), risk }).optional(),
  /** Where an outcome leads, other than to a next step. */
  leads: z.partialRecord(z.enum(['done', 'failed', 'skipped']), z.enum(['end', 'person'])).optional(),
  canGoBack: z.boolean().optional(),
  /** It puts a question: yes and no are its answers. */
  asks: z.boolean().optional(),
});

export const answer = z.object({
  text: z.string(),
  /** Stretches of `text` in their order, where it has such. */
  parts: z.array(answerPart).optional(),
  rung,
  citations: z.array(citation),
  question: question.optional(),
  step: guidedStep.optional(),
  /** What one may tap instead of saying it. */
  choices: z.array(z.object({ say: z.string(), label: z.string() })).optional(),
  /** A command that waits for consent, or what became of one. */
  command: commandReport.optional(),
  /** A repair that is watched, or its verdict. */
  repair: repairReport.optional(),
  offerPerson: z.boolean().optional(),
  /** Why a person is offered, when a rule does. */
  offerBecause: z.string().optional(),
});
export type Answer = z.infer<typeof answer>;

export const turnAnswered = z.object({
  turn: z.string(),
  understanding: z.object({
    kind: z.enum(['intent', 'question', 'answer', 'unknown']),
    intent: z.string().optional(),
    confidence: z.number().optional(),
    heard: z.string().optional(),
  }),
  answer,
  faults: z.array(faultReport),
  /** −1 (very upset) to 1; null where it is not read (a workplace) or not kept. */
  sentiment: z.number().min(-1).max(1).nullable(),
  handoff: handoffStatus.nullable(),
  /** Who takes this request, and why. Absent while a technician speaks for themselves. */
  route: route.optional(),
  /** What the client, who controls this home, is asked to call. */
  homeCall: z
    .object({ name: z.string(), arguments: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())])) })
    .optional(),
});
export type TurnAnswered = z.infer<typeof turnAnswered>;

export type SessionConsents = z.infer<typeof consents>;

export const transcript = z.object({
  session: z.string(),
  channel: z.string(),
  locale,
  thing: z.string().optional(),
  person: z.string().optional(),
  startedAt: z.number(),
  turns: z.array(turn),
  handoff: handoffStatus.nullable(),
  consents: consents.optional(),
  /** Commands of this conversation, oldest first, as they stand now. */
  commands: z.array(commandReport).optional(),
});
export type Transcript = z.infer<typeof transcript>;

/** How well a conversation is recorded. */
export const sessionSeal = z.object({
  edge: z.string(),
  session: z.string(),
  /** The edge's first key: by it anyone can check all others. */
  edgeKey: z.string(),
  entries: z.int(),
  sealed: z.int(),
  /** Hash of the conversation's last sealed entry, and the number of its seal. */
  head: z.string().optional(),
  seal: z.int().optional(),
  /** The hub's log holds that seal; so many witnesses signed that they saw it. */
  atHub: z.boolean(),
  witnesses: z.int(),
  /** What the QR code says: whoever holds it can tell later whether the record is still the same. */
  code: z.string().optional(),
});
export type SessionSeal = z.infer<typeof sessionSeal>;

export const reading = z.object({ value, observedAt: z.number(), receivedAt: z.number(), quality });
export type Reading = z.infer<typeof reading>;

export const thingView = thingReport.extend({
  lastSeen: z.number().nullable(),
  /** By which signal, and above what, its family's policy says that it moves: then nobody is to type. */
  moving: z.object({ signal: z.string(), above: z.number() }).optional(),
  signals: z.record(z.string(), signal.extend({ title: localized, latest: reading.nullable() })),
  dtcs: z.array(dtcReport),
  faults: z.array(faultReport),
});
export type ThingView = z.infer<typeof thingView>;

export const samples = z.object({
  thing: z.string(),
  signal: z.string(),
  unit: z.string().optional(),
  from: z.number(),
  to: z.number(),
  points: z.array(z.tuple([z.number(), value])),
});

const voiceState = z.object({ state: z.enum(['off', 'loading', 'ready']), why: z.string().optional() });
export const status = z.object({
  version: z.string(),
  edge: z.string(),
  now: z.number(),
  startedAt: z.number(),
  hub: z.object({
    url: z.string().nullable(),
    state: z.enum(['none', 'connected', 'offline']),
    since: z.number(),
    waiting: z.int(),
    lastSync: z.number().nullable(),
  }),
  broker: z.object({ state: z.enum(['up', 'down']), devices: z.int(), port: z.int() }),
  models: z.object({
    tier: z.enum(['lite', 'standard']),
    generator: z.enum(['off', 'loading', 'ready', 'restarting']),
    name: z.string().optional(),
    reason: localized,
  }),
  /** What can be done by voice here: in which languages, with which models, and why not. */
  voice: z.object({
    hears: z.array(locale),
    speaks: z.array(locale),
    /** Somebody may have their voice known. */
    learns: z.boolean().optional(),
    ears: voiceState.extend({ recognizer: z.string().optional(), wakeWord: z.string().optional() }),
    mouth: voiceState.extend({ voice: z.string().optional() }),
  }),
  disk: z.object({ freeBytes: z.number(), state: z.enum(['ok', 'low', 'full']) }),
  packs: z.array(z.object({ family: z.string(), version: z.string(), state: z.enum(['ok', 'broken']), problem: z.string().optional() })),
});
export type Status = z.infer<typeof status>;

/** Something the agent says before anyone asks: a fault that rose, or an issue the hub knows of this model. */
export const adviceView = z.object({
  advice: z.string(),
  kind: z.enum(['fault', 'issue', 'bulletin']),
  thing: z.string(),
  /** The fault; or the issue, which with `bulletin` is over. */
  ref: z.string(),
  title: localized,
  /** What may still be done, or what the hub says. */
  text: localized,
  severity: z.enum(['info', 'advice', 'warning', 'danger']),
  safety: z.enum(['stop', 'gently', 'go-on']),
  article: z.string().optional(),
  openedAt: z.number(),
  /** It was told before and has become worse since. */
  worse: z.boolean(),
});
export type AdviceView = z.infer<typeof adviceView>;

/** Something worth doing that no fault calls for: why, with the figures it rests on, and how. */
export const recommendationView = z.object({
  thing: z.string(),
  recommendation: z.string(),
  title: localized,
  advice: localized,
  because: localized,
  sources: z.array(z.string()),
  givenAt: z.number(),
  article: z.string().optional(),
  /** What the machine can do itself, after consent. */
  action: z.object({ title: localized, effect: localized.optional(), risk }).optional(),
  /** How it was answered a moment ago; it can still be taken back. */
  answer: z.enum(['done', 'later', 'no']).optional(),
});
export type RecommendationView = z.infer<typeof recommendationView>;

/** Where somebody is in a procedure, and what is being watched after one. */
export const repairsView = z.object({
  progress: z.object({ procedure: z.string(), title: localized, number: z.int(), of: z.int(), changedAt: z.number() }).nullable(),
  repairs: z.array(repairReport),
});
export type RepairsView = z.infer<typeof repairsView>;

/**
 * Server-sent events. On a session: `turn` (a Turn by anyone), `handoff` (HandoffStatus), `token` ({turn, text}) while a generated answer streams.
 * `command` (a command at each change of its state), `outcome` (a command or a repair that has come to its end).
 * On `/v1/events` (everything at the site, or `?only=` what is named): `faults` (FaultReport[]), `things` ({thing}), `readings` ({thing, signals:{name:Reading}},
 * the newest of each signal a few times a second), `status` (Status), `repair` (a repair that is watched or decided), `advice` (AdviceView[], worst first),
 * `recommendations` (they changed: ask again).
 */
export type SessionEvent =
  | { event: 'turn'; data: z.infer<typeof turn> & { answer?: Answer } }
  | { event: 'handoff'; data: HandoffStatus }
  | { event: 'token'; data: { turn: string; text: string } }
  | { event: 'command'; data: z.infer<typeof commandReport> }
  | { event: 'outcome'; data: { command: z.infer<typeof commandReport> } | { repair: z.infer<typeof repairReport> } };
/** A technician who looks at a machine live, until `until` at the longest. */
export const visitView = z.object({ visit: z.string(), by: z.string(), thing: z.string(), beganAt: z.number(), until: z.number() });
export type VisitView = z.infer<typeof visitView>;

export type SiteEvent =
  | { event: 'faults'; data: z.infer<typeof faultReport>[] }
  | { event: 'things'; data: { thing: string } }
  | { event: 'readings'; data: { thing: string; signals: Record<string, Reading> } }
  | { event: 'status'; data: Status }
  | { event: 'repair'; data: z.infer<typeof repairReport> }
  | { event: 'advice'; data: AdviceView[] }
  | { event: 'visits'; data: VisitView[] }
  | { event: 'recommendations'; data: Record<string, never> };

export type SiteEventName = SiteEvent['event'];

/** Answers that are made of several. */
export const things = z.object({ things: z.array(thingView) });
export const faults = z.object({ faults: z.array(faultReport) });
export const adviceList = z.object({ advice: z.array(adviceView) });
export const recommendationList = z.object({ recommendations: z.array(recommendationView) });
export const visitList = z.object({ visits: z.array(visitView) });
export const peopleView = z.object({ people: z.array(personView), me });
export const pastSessions = z.object({ sessions: z.array(pastSession) });
export const linkCode = phoneCode.omit({ addresses: true });
export { commandReport, consents, historyPiece };
