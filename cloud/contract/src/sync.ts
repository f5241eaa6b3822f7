import { localized } from '@wayside/protocol';
import { entry, hashText, key, mostPerSeal, receipt, seal } from '@wayside/record';
import { z } from 'zod';
import { article } from './article.ts';
import { dtcReport, faultReport, handoff, raise, thingReport, turn } from './case.ts';
import { commandReport, consentReport, leaseReport } from './command.ts';
import { desk } from './desk.ts';
import { forget, historyGone, historyPiece, personReport } from './person.ts';
import { phraseSet } from './phrases.ts';
import { recommendationReport } from './recommendation.ts';
import { knownIssue, repairReport, successRate } from './repair.ts';
import { edgeReport, take, took } from './rollout.ts';
import { visitCall, visitReport, wish } from './visit.ts';

const ms = z.number().int().nonnegative();

/**
 * The version of what edge and hub say to each other. It grows when a field or kind is added; none is ever taken away or changed. A hub
 * understands edges from two versions before its own to one after it: what it does not know yet it keeps and sets aside.
 */
export const contractVersion = 5;
export const understands = (version: number): boolean => version >= contractVersion - 2 && version <= contractVersion + 1;

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
    /** Something was said in it whose words stay at the edge: it is counted. */
    talked: z.literal(true).optional(),
    /** Articles that such an answer rested on, by id: each is a use. */
    used: z.array(z.string().max(200)).max(20).optional(),
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
  lease: leaseReport,
  /** Whether a repair worked, as the machine's data shows. */
  outcome: repairReport,
  /** One of the people at this edge, and whether their conversations may be seen elsewhere. */
  person: personReport,
  recommendation: recommendationReport,
  visit: visitReport,
  edge: edgeReport,
  /** How it was, said by one tap at the end. */
  rated: z.object({ case: z.string(), satisfaction: z.enum(['good', 'bad']), at: ms }),
  took,
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
  /**
   * What these entries recorded is erased, at the edge and everywhere it was told. `why`: because it was older than such things are kept; then with
   * `before` the conversation goes on, and what was said in it until then is gone.
   */
  erase: z.object({
    session: z.string().max(80).optional(),
    erased: z.array(z.int().min(1)).min(1).max(10_000),
    reason: z.string().max(200),
    why: z.literal('age').optional(),
    before: ms.optional(),
    at: ms,
  }),
  /**
   * Something that was kept is not there any more: what, why, how much, and from when to when as far as known. No loss is silent. `erasure`: a damaged
   * store that was set aside went with somebody who may have been in it.
   */
  gap: z.object({
    of: z.enum(['telemetry', 'records', 'messages']),
    reason: z.enum(['age', 'room', 'damage', 'hub-lost', 'erasure']),
    from: ms.optional(),
    to: ms.optional(),
    count: z.int().nonnegative().optional(),
    detail: z.string().max(500).optional(),
    at: ms,
  }),
  /** What stood at this number is erased at the edge. It is said only where the hub has lost what it was told. */
  erased: z.object({ at: ms }),
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

/** At most so many records are in a batch, and so many of them overtake. */
export const mostPerBatch = 1_024;
export const mostAhead = 32;
/** So many are in one to a hub that has not said yet what it takes: before version 5 no hub took more, and no edge believed one that said so. */
export const mostUnasked = 256;
export const mostPerBatchOf = (version: number): number => (version < 5 ? mostUnasked : mostPerBatch);

/**
 * `POST /v1/sync/up`. At most 1,024 records and 4 MiB. Those in `ahead` overtake: somebody waits for them, and records before them were not sent yet.
 * They come again in their turn and are known then. No records at all only asks how far the hub has come.
 */
export const upBatch = z.object({
  version: z.int().nonnegative().optional(),
  epoch: z.string().max(80),
  records: z.array(upRecord).max(mostPerBatch),
  ahead: z.array(upRecord).max(mostAhead).optional(),
});
export type UpBatch = z.infer<typeof upBatch>;

/**
 * The hub has stored all of the epoch's records up to `durableThrough`; those listed could not be understood and are set aside. Up to
 * `safeThrough` even the loss of the hub's disk takes none of them: only so far may the edge forget. A hub that does not say it means
 * `durableThrough`. It takes at most `credit` records in the next batch, up to 256 from an edge of before version 5.
 */
export const upAcknowledgment = z.object({
  durableThrough: z.int().nonnegative(),
  safeThrough: z.int().nonnegative().optional(),
  credit: z.int().min(1).max(mostPerBatch).optional(),
  /** How long the batch lay at the hub: what else it took, it took on the line. */
  tookMs: z.number().nonnegative().optional(),
  ahead: z.array(z.int()).optional(),
  /** `twice`: the number is that of another record of this edge, which was copied or put back. It goes on in an epoch of its own. */
  quarantined: z.array(z.object({ seq: z.int(), reason: z.string(), twice: z.literal(true).optional() })),
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
    /** The person has said how it was, on their phone: they are not asked again. */
    rated: z.literal(true).optional(),
    at: ms,
  }),
  article: z.object({ state: z.enum(['published', 'withdrawn']), article }),
  /** The person wrote on their phone. */
  said: turn,
  /** What the person agreed to on their phone, from now on. */
  agreed: z.object({ session: z.string().max(80), mood: z.boolean().optional(), contact: z.boolean().optional() }),
  rate: successRate,
  visit: visitCall,
  wish,
  take,
  /** Sentences that are to be understood from now on, or no more. */
  phrases: z.object({ state: z.enum(['published', 'withdrawn']), set: phraseSet }),
  /** `bulletin`: it is over, and what solved it, for those whose machines it was about. */
  issue: z.object({ state: z.enum(['published', 'withdrawn']), issue: knownIssue, bulletin: localized.optional() }),
  /** What a person of this edge said at another of theirs, and that it is to be forgotten. */
  history: historyPiece,
  historyGone,
  forget,
  /** The hub's log holds this seal (by its number and hash): where, the proof, and the signed head. */
  receipt: receipt.omit({ witnesses: true }).extend({ hash: hashText }),
  /** The hub lacks what comes after this seal: it is new, or was put back. */
  'record-wanted': z.object({ after: z.int().nonnegative() }),
  /** The edge went on from an earlier state than the hub has signed by it. */
  'rolled-back': z.object({ seal: z.int().min(1) }),
} as const;
export type DownKind = keyof typeof downBodies;

/** `mark` tells it from another envelope of that number; of a hub that does not say it, `at` does. */
export const downEnvelope = z.object({
  seq: z.int().min(1),
  kind: z.string().max(40),
  at: ms,
  body: z.unknown(),
  mark: z.int().nonnegative().optional(),
});
export type DownEnvelope = z.infer<typeof downEnvelope>;

/** `GET /v1/sync/down?after=SEQ&mark=MARK&limit=N`: what comes after the last envelope the edge has stored, which bore that mark. */
export const downBatch = z.object({
  envelopes: z.array(downEnvelope).max(256),
  more: z.boolean(),
  /** The hub does not know the envelope the edge has last: it was put back to an earlier state. The edge begins from the first again. */
  putBack: z.literal(true).optional(),
  desk: desk.optional(),
});
export type DownBatch = z.infer<typeof downBatch>;

/** The wake socket only says that something waits. */
export const wakeFrame = z.object({ wake: z.literal(true) });
