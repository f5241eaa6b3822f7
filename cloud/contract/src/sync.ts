import { entry, hashText, key, mostPerSeal, receipt, seal } from '@wayside/record';
import { z } from 'zod';
import { article } from './article.ts';
import { dtcReport, faultReport, handoff, raise, thingReport, turn } from './case.ts';
import { commandReport, consentReport } from './command.ts';
import { desk } from './desk.ts';
import { historyGone, historyPiece, personReport } from './person.ts';
import { recommendationReport } from './recommendation.ts';
import { knownIssue, repairReport, successRate } from './repair.ts';

const ms = z.number().int().nonnegative();

/** What an edge reports: each kind with its body. */
export const upBodies = {
  thing: thingReport,
  session: z.object({
    session: z.string(),
    at: ms,
    channel: z.string().max(40),
    locale: z.enum(['en', 'zh']),
    person: z.string().max(120).optional(),
    thing: z.string().optional(),
  }),
  turn,
  handoff,
  raise,
  fault: faultReport.extend({ state: z.enum(['active', 'cleared']) }),
  dtc: dtcReport,
  /** A reply reached the person's screen at `at`. */
  seen: z.object({ case: z.string(), reply: z.string(), at: ms }),
  /** Class A, in order: proposed, agreed to, carried out, what came of it. */
  command: commandReport,
  consent: consentReport,
  /** Whether a repair worked, as the machine's data shows. */
  outcome: repairReport,
  /** One of the people at this edge, and whether their conversations may be seen elsewhere. */
  person: personReport,
  recommendation: recommendationReport,
  /** A rule of the policy had an effect in a turn, whatever became of it. */
  policy: z.object({
    session: z.string().max(80),
    turn: z.string().max(80),
    rule: z.string().max(120),
    effect: z.string().max(40),
    measures: z.record(z.string(), z.number()),
    at: ms,
  }),
  /** The edge's record: entries that are sealed now, with the keys that came into use since the seal before. */
  seal: z.object({ keys: z.array(key).max(1000), entries: z.array(entry).min(1).max(mostPerSeal), seal }),
  /** As a witness the edge has seen that the hub's log of this size only grew (c2sp.org/tlog-cosignature); both in base64. */
  cosignature: z.object({ size: z.int().nonnegative(), vkey: z.string().max(300), signature: z.string().max(200) }),
  /** As a witness it found that the log did not only grow, or something else that must not be. */
  alarm: z.object({ what: z.string().max(300), at: ms, seen: z.record(z.string(), z.string().max(20_000)) }),
  /** The record of a conversation was given out as a file; its digest and lines close the file. */
  export: z.object({ session: z.string().max(80), file: hashText, lines: z.int().min(1) }),
  /** What these entries recorded is erased, at the edge and everywhere it was told. */
  erase: z.object({
    session: z.string().max(80).optional(),
    erased: z.array(z.int().min(1)).min(1).max(10_000),
    reason: z.string().max(200),
    at: ms,
  }),
} as const;
export type UpKind = keyof typeof upBodies;

/** One numbered record going up. `seq` is contiguous within an epoch; a new store starts a new epoch. */
export const upRecord = z.object({
  seq: z.int().min(1),
  id: z.string().max(80),
  kind: z.string().max(40),
  at: ms,
  body: z.unknown(),
  /** With it the hub can hold the body against what the edge's record says of the entry with this id. */
  salt: hashText.optional(),
});
export type UpRecord = z.infer<typeof upRecord>;

/** `POST /v1/sync/up`. At most 256 records and 4 MiB. */
export const upBatch = z.object({ epoch: z.string().max(80), records: z.array(upRecord).max(256) });
export type UpBatch = z.infer<typeof upBatch>;

/** The hub has stored all of the epoch's records up to `durableThrough`; those listed could not be understood and are set aside. */
export const upAcknowledgment = z.object({
  durableThrough: z.int().nonnegative(),
  quarantined: z.array(z.object({ seq: z.int(), reason: z.string() })),
  /** When technicians are there, and how many wait. */
  desk: desk.optional(),
});
export type UpAcknowledgment = z.infer<typeof upAcknowledgment>;

/** What the hub tells an edge. */
export const downBodies = {
  reply: z.object({
    case: z.string(),
    session: z.string(),
    reply: z.string(),
    at: ms,
    by: z.string().max(120),
    text: z.string().min(1).max(8000),
  }),
  case: z.object({
    case: z.string(),
    session: z.string(),
    state: z.enum(['open', 'claimed', 'resolved']),
    by: z.string().max(120).optional(),
    resolution: z.string().max(8000).optional(),
    at: ms,
  }),
  article: z.object({ state: z.enum(['published', 'withdrawn']), article }),
  rate: successRate,
  issue: z.object({ state: z.enum(['published', 'withdrawn']), issue: knownIssue }),
  /** What a person of this edge said at another of theirs, and that it is to be forgotten. */
  history: historyPiece,
  historyGone,
  /** The hub's log holds this seal (by its number and hash): where, the proof, and the signed head. */
  receipt: receipt.omit({ witnesses: true }).extend({ hash: hashText }),
  /** The hub lacks what comes after this seal: it is new, or was put back. */
  'record-wanted': z.object({ after: z.int().nonnegative() }),
  /** The edge went on from an earlier state than the hub has signed by it. */
  'rolled-back': z.object({ seal: z.int().min(1) }),
} as const;
export type DownKind = keyof typeof downBodies;

export const downEnvelope = z.object({ seq: z.int().min(1), kind: z.string().max(40), at: ms, body: z.unknown() });
export type DownEnvelope = z.infer<typeof downEnvelope>;

/** `GET /v1/sync/down?after=SEQ&limit=N`: what comes after the last envelope the edge has stored. */
export const downBatch = z.object({ envelopes: z.array(downEnvelope).max(256), more: z.boolean(), desk: desk.optional() });
export type DownBatch = z.infer<typeof downBatch>;

/** The wake socket only says that something waits. */
export const wakeFrame = z.object({ wake: z.literal(true) });
