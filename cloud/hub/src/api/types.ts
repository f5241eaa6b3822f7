import {
  applies,
  article,
  attention,
  commandReport,
  consentReport,
  handoff,
  knownIssue,
  pictureHash,
  repairReport,
  successRate,
  turn,
  urgency,
  type VisitEnd,
  type VisitFrame,
  visitEnd,
} from '@wayside/contract';
import { id, locale, localized, value } from '@wayside/protocol';
import { z } from 'zod';
import { actions, roles } from '../auth/can.ts';
import { briefing, placed, transfer } from './queue-types.ts';
import { edgeSays } from './rollout-types.ts';

export type { Account } from './account-types.ts';
export * from './assist-types.ts';
export * from './customer-types.ts';
export * from './hook-types.ts';
export * from './insight-types.ts';
export * from './ledger-types.ts';
export * from './phrase-types.ts';
export * from './push-types.ts';
export * from './queue-types.ts';
export * from './rollout-types.ts';
export * from './technician-types.ts';

/** Everything that passes the hub's HTTP door for people. The console takes its types from here. */

/** `code`: of the authenticator app, or a recovery code, where a second factor is set. */
export const signIn = z
  .object({ name: z.string().min(1).max(120), password: z.string().min(1).max(500), code: z.string().min(6).max(40).optional() })
  .strict();
export const codeWanted = z.object({ wanted: z.literal('code') });
export const me = z.object({ id: z.string(), name: z.string(), role: z.enum(roles), tenant: z.string(), languages: z.array(locale) });
export type Me = z.infer<typeof me>;
/** Who is signed in, with what they may do here: the console offers nothing else. `restricted`: until they set up more than a password. */
export const myself = me.extend({ may: z.array(z.enum(actions)), restricted: z.boolean() });
export type Myself = z.infer<typeof myself>;
export const newTechnician = z
  .object({
    name: z.string().min(1).max(120),
    password: z.string().min(10).max(500),
    role: z.enum(roles).default('technician'),
    /** Whose edges they serve; yours when absent. Only who serves all tenants may name another, or `*` for all. */
    tenant: z.union([id, z.literal('*')]).optional(),
    languages: z.array(locale).default(['en']),
  })
  .strict();

export const signInOnce = z.object({ token: z.string().min(1).max(200) }).strict();

/** `edge`: the code is for this edge only, and also replaces the token of one that lost its own. `tenant`: whose it will be; yours when absent. */
export const newEnrolmentCode = z.object({ edge: id.optional(), tenant: id.optional() }).strict();
export const enrolmentCode = z.object({ code: z.string(), expiresAt: z.number() });

/** A path below this hub that signs a browser in, once. */
export const signInLink = z.object({ link: z.string() });

export const caseState = z.enum(['open', 'claimed', 'resolved']);
export const caseRow = z.object({
  id: z.string(),
  edge: z.string(),
  state: caseState,
  urgency,
  /** The agent goes on and a technician looks on, or one is asked to take over. */
  attention,
  /** What the technician should know. */
  skill: localized.optional(),
  openedAt: z.number(),
  waitingSince: z.number().nullable(),
  updatedAt: z.number(),
  title: localized,
  summary: localized,
  /** What they last said of the trouble, where the title is another: many machines have the same fault, and each person their own words for it. */
  said: z.string().optional(),
  locale,
  person: z.string().optional(),
  thing: z.string().optional(),
  thingTitle: z.string().optional(),
  thingTitles: localized.optional(),
  family: z.string().optional(),
  technician: z.object({ id: z.string(), name: z.string() }).nullable(),
  rule: z.string(),
  /** Turns by the operator since the technician last wrote. */
  unread: z.int(),
  topFault: localized.optional(),
  severity: z.enum(['info', 'advice', 'warning', 'danger']).optional(),
  ...placed.shape,
});
export type CaseRow = z.infer<typeof caseRow>;
/**
 * `snoozed`: those that sleep. `mine`: only those of whoever asks. `q`: those with all of these words, the last of which may be half typed; they come in
 * the order of the queue, resolved ones the newest first. `limit`: how many at most.
 */
export const caseFilter = z.object({
  state: z.enum(['open', 'claimed', 'resolved', 'snoozed']).optional(),
  mine: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional(),
  q: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});
const caseCounts = z.object({ open: z.int(), claimed: z.int(), resolved: z.int(), snoozed: z.int() });
export const caseList = z.object({
  cases: z.array(caseRow),
  /** There are more than these. */
  more: z.boolean(),
  /** Of those with the words that were asked for, how many there are in each state; of resolved ones no more than 1,000 are counted. Null: none were asked for. */
  found: caseCounts.nullable(),
  /** Cases of colleagues who ask this technician in and wait for an answer, under whichever state is asked for. */
  asked: z.array(caseRow),
  counts: caseCounts,
  /** When the next sleeping case wakes. */
  nextWake: z.number().nullable(),
});

/** A turn in a case, with how far a reply has come. */
export const caseTurn = turn.extend({ delivery: z.enum(['stored', 'at-edge', 'seen']).optional() });
/** How a case stands against the edge's record. */
export const caseRecord = z.object({
  /** `verified`: all that is here is what the edge signed. `sealing`: the newest is not sealed yet. `none`: nothing was recorded. */
  state: z.enum(['verified', 'sealing', 'broken', 'none']),
  entries: z.int(),
  /** Whose body is here and is what the entry commits to; whose body is only at the edge, or was erased. */
  matched: z.int(),
  elsewhere: z.int(),
  waiting: z.int(),
  /** Leaves in the hub's log, and the edges that watch it. */
  log: z.int(),
  witnesses: z.array(z.string()),
  /** What is wrong, in English, with the place of the entry. */
  problem: z.string().optional(),
  alarms: z.array(
    z.object({ at: z.number(), what: z.enum(['rolled-back', 'key-lost', 'gap', 'distrust', 'restored', 'equivocation', 'loss']) }),
  ),
});
export type CaseRecord = z.infer<typeof caseRecord>;

export const caseView = caseRow.extend({
  handoff,
  /** They told of an emergency, then or since: what is still safe for the machine's faults is no answer. */
  emergency: z.boolean(),
  turns: z.array(caseTurn),
  resolution: z
    .object({ text: z.string(), cause: z.string().optional(), at: z.number(), by: z.string(), article: z.string().optional() })
    .nullable(),
  similar: z.array(z.object({ id: z.string(), title: localized, resolution: z.string(), at: z.number() })),
  articles: z.array(z.object({ id: z.string(), locale, title: z.string() })),
  edgeOnline: z.boolean(),
  /** Whether its machine is connected to the edge now; the handoff says how it was then. Null where none was named. */
  presence: z.enum(['online', 'offline', 'unknown']).nullable(),
  /** What the same person has said before, at this and at their other edges, as far as they share it; newest first. */
  earlier: z.array(z.object({ edge: z.string(), session: z.string(), at: z.number(), about: z.string().optional(), opening: z.string() })),
  /** What was done to the machine in this conversation, oldest first, with who agreed. */
  commands: z.array(z.object({ report: commandReport, consent: consentReport.optional() })),
  /** Repairs of this thing, newest first, with the verdict of its own data. */
  repairs: z.array(repairReport),
  /** How the procedures that the steps are of have done on all edges. */
  rates: z.array(successRate),
  /** Who else works on it, whom they asked and with what words. */
  helpers: z.array(z.object({ id: z.string(), name: z.string() })),
  briefings: z.array(briefing),
  /** How it was given on, oldest first; the last waits where it has no outcome. */
  transfers: z.array(transfer),
  /** Cases that stand in this one; others of this edge that may. */
  merged: z.array(z.object({ id: z.string(), session: z.string(), title: localized, at: z.number() })),
  beside: z.array(z.object({ id: z.string(), title: localized, summary: localized, at: z.number(), technician: z.string().nullable() })),
  /** When technicians looked at the machine live, newest first; the first goes on where it has not ended. */
  visits: z.array(
    z.object({
      id: z.string(),
      technician: z.string(),
      name: z.string(),
      calledAt: z.number(),
      until: z.number(),
      beganAt: z.number().nullable(),
      endedAt: z.number().nullable(),
      why: visitEnd.nullable(),
    }),
  ),
  /** Known issues that are about this machine. */
  issues: z.array(z.object({ issue: z.string(), title: localized })),
});
export type CaseView = z.infer<typeof caseView>;

/**
 * `id` makes a retry safe: the same reply twice is one reply. `seen`: the last reply of somebody else that was read, `null` for none: when one came
 * since, this is a `conflict`, not a second answer.
 */
export const newReply = z
  .object({ id: z.string().max(64).optional(), text: z.string().trim().min(1).max(8000), seen: z.string().max(80).nullable().optional() })
  .strict();
export const resolve = z
  .object({
    text: z.string().trim().min(1).max(8000),
    /** The fault id that was the cause, when it was one we know. */ cause: id.optional(),
    /** Make a draft article from it. */ draft: z.boolean().default(true),
  })
  .strict();

export const visitMade = z.object({ visit: z.string(), until: z.number() });
/** An action the machine declares, with its arguments. */
export const newWish = z
  .object({
    action: id,
    args: z
      .record(id, value)
      .refine((args) => Object.keys(args).length <= 32, 'at most 32 arguments')
      .default({}),
  })
  .strict();

/** The case as it is now, and the draft made from it. */
export const resolved = z.object({ case: caseView, article: z.object({ id: z.string(), locale }).optional() });

/**
 * KCS v6: a work in progress, finished but not validated, validated, archived. What is validated is published: every edge has it; what is
 * archived is withdrawn from them.
 */
export const articleState = z.enum(['draft', 'not-validated', 'published', 'withdrawn']);
export const articleRow = z.object({
  id: z.string(),
  locale,
  state: articleState,
  version: z.int(),
  title: z.string(),
  family: z.string(),
  faults: z.array(z.string()),
  updatedAt: z.number(),
  by: z.string(),
  origin: z.enum(['pack', 'technician', 'case']),
  case: z.string().optional(),
  /** Repairs by the procedures this article stands behind: tried, confirmed by the machine's data, refuted by it. */
  rate: successRate.pick({ tries: true, fixed: true, notFixed: true }).optional(),
  /** How often the agents answered from it in the last 90 days. */
  uses: z.int(),
  /** The article it became part of. */
  mergedInto: z.string().optional(),
});
export type ArticleRow = z.infer<typeof articleRow>;
export const articleView = articleRow.extend({
  body: z.string(),
  tags: z.array(z.string()),
  sources: z.array(z.string()),
  applies: z.array(applies),
});
export type ArticleView = z.infer<typeof articleView>;
/** `version` is the one that was read: another writer's change in between is a `conflict`, never overwritten. */
export const saveArticle = article
  .pick({ title: true, body: true, family: true, faults: true, tags: true, sources: true })
  .extend({ version: z.int().nonnegative(), applies: z.array(applies.strict()).max(50).optional() })
  .strict();
export const newArticle = article
  .pick({ id: true, locale: true, title: true, body: true, family: true, faults: true, tags: true, sources: true })
  .extend({ applies: z.array(applies.strict()).max(50).default([]) })
  .strict();

export const keptPicture = z.object({
  hash: pictureHash,
  type: z.enum(['image/png', 'image/jpeg', 'image/webp']),
  width: z.int(),
  height: z.int(),
  bytes: z.int(),
});

/** A version as it was, for reading and comparing. */
export const articleVersion = z.object({
  version: z.int(),
  state: articleState,
  by: z.string(),
  at: z.number(),
  note: z.string().nullable(),
  text: article
    .pick({ title: true, body: true, family: true, faults: true, tags: true, sources: true })
    .extend({ applies: z.array(applies) }),
});
export type ArticleVersion = z.infer<typeof articleVersion>;
export const articleVersions = z.object({ versions: z.array(articleVersion) });
/** Back to how it was: `version` is the one that was read, `to` the one whose text is wanted. */
export const rollback = z.object({ version: z.int().positive(), to: z.int().positive() }).strict();
/** Why a text goes back to its writer. */
export const sendBack = z.object({ note: z.string().trim().min(1).max(1000) }).strict();
export const similarArticle = articleRow.extend({
  /** 0 to 1: how many of their words they share. */
  likeness: z.number(),
  sharedFaults: z.array(z.string()),
  /** Both texts as one, to begin a merge with. */
  joined: z.string(),
});
export type SimilarArticle = z.infer<typeof similarArticle>;
export const similarArticles = z.object({ similar: z.array(similarArticle) });
/** Takes another article of the same language into this one; both are the versions that were read. */
export const articleMerge = z
  .object({ version: z.int().positive(), from: id, fromVersion: z.int().positive(), title: article.shape.title, body: article.shape.body })
  .strict();
/** What the agent should have said. */
export const correction = z.object({ text: z.string().trim().min(1).max(8000) }).strict();
export const corrected = z.object({ id: z.string(), locale });

export const articleList = z.object({ articles: z.array(articleRow) });
/** The version that was read, for who wants to be sure to publish that one. */
export const publication = z.object({ version: z.int().positive().optional() }).strict();

export const fleetEdge = z.object({
  id: z.string(),
  online: z.boolean(),
  /** Nothing it has lets it in. */
  retired: z.boolean(),
  lastSeen: z.number().nullable(),
  enrolledAt: z.number(),
  /** How much waits for it here, and what of its telling could not be understood and is set aside. */
  waiting: z.int(),
  setAside: z.int(),
  /** What it says it runs; absent of an edge that has not said so yet. */
  says: edgeSays.optional(),
  things: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      titles: localized.optional(),
      family: z.string(),
      model: z.string().optional(),
      firmware: z.string().optional(),
      presence: z.string(),
      faults: z.array(z.object({ fault: z.string(), title: localized, severity: z.string(), probability: z.number() })),
    }),
  ),
});
export type FleetEdge = z.infer<typeof fleetEdge>;

export const fleetList = z.object({ edges: z.array(fleetEdge) });

export const insight = z.object({
  cases: caseList.shape.counts,
  medianFirstReplyMs: z.number().nullable(),
  medianResolveMs: z.number().nullable(),
  topFaults: z.array(z.object({ fault: z.string(), title: localized, count: z.int() })),
  /** `because`: in the words in which it was last told. */
  rules: z.array(z.object({ rule: z.string(), because: localized, count: z.int() })),
  /** How what is recommended is taken: given, and of those done, put off, not wanted. */
  recommendations: z.array(
    z.object({
      family: z.string(),
      recommendation: z.string(),
      title: localized,
      given: z.int(),
      done: z.int(),
      later: z.int(),
      no: z.int(),
    }),
  ),
});

const trend = { count: z.int(), /** In the newer and in the older half of the days. */ recent: z.int(), before: z.int() };
/** Questions with which people were handed over that say the same. */
export const questionCluster = z.object({
  question: z.string(),
  questions: z.array(z.string()),
  family: z.string(),
  locale,
  faults: z.array(z.string()),
  cases: z.array(z.string()),
  ...trend,
});
export type QuestionCluster = z.infer<typeof questionCluster>;
export const faultCluster = z.object({
  fault: z.string(),
  title: localized,
  family: z.string(),
  maker: z.string().nullable(),
  model: z.string().nullable(),
  firmware: z.string().nullable(),
  severity: z.enum(['info', 'advice', 'warning', 'danger']),
  safety: z.enum(['stop', 'gently', 'go-on']),
  resolved: z.int(),
  edges: z.int(),
  ...trend,
});
export type FaultCluster = z.infer<typeof faultCluster>;
export const clusters = z.object({ days: z.int(), questions: z.array(questionCluster), faults: z.array(faultCluster) });
export type Clusters = z.infer<typeof clusters>;

export const policyList = z.object({ policies: z.array(z.object({ family: z.string(), text: z.string() })) });
export type PolicyList = z.infer<typeof policyList>;
/** Another policy, as YAML. */
export const newReplay = z.object({ policy: z.string().min(1).max(200_000) }).strict();
const verdict = z.object({
  effect: z.enum(['none', 'offer', 'look-on', 'handoff', 'handoff-urgent']),
  rule: z.string().optional(),
  because: localized.optional(),
  turn: z.int().optional(),
});
const counts = z.record(verdict.shape.effect, z.int());
export const replayed = z.object({
  sessions: z.int(),
  was: counts,
  would: counts,
  /** The newest first. */
  unread: z.int().describe('Conversations in which a rule on the mood could not be judged, since it was not kept'),
  differences: z.array(z.object({ session: z.string(), at: z.number(), turns: z.int(), was: verdict, would: verdict })),
});
export type Replayed = z.infer<typeof replayed>;

/** A known issue as somebody writes it. The same id again replaces what was told before. */
export const newIssue = knownIssue.omit({ at: true }).strict();
export const issueRow = knownIssue.extend({
  state: z.enum(['published', 'closed', 'withdrawn']),
  by: z.string(),
  affected: z.int(),
  cases: z.int(),
});
/** What solved it, said where it was told of. */
export const bulletin = z.object({ bulletin: localized }).strict();
export type IssueRow = z.infer<typeof issueRow>;
export const issueList = z.object({ issues: z.array(issueRow) });

export type { VisitFrame };
/** What who looks at a machine live is told: what it measures, or why it ended. */
export type LiveNews = { event: 'live'; data: { case: string; frame: VisitFrame } | { case: string; over: VisitEnd } };

/** Server-sent events on `/v1/events`: something changed; fetch it. */
export type HubEvent =
  | { event: 'case'; data: { case: string } }
  | { event: 'article'; data: { article: string } }
  | { event: 'fleet'; data: { edge: string } }
  | { event: 'issue'; data: { issue: string } }
  | { event: 'rollout'; data: { rollout: string } }
  | { event: 'queue'; data: { changed: 'rules' | 'duty' } };
