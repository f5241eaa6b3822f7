import { id, localized } from '@wayside/protocol';
import { z } from 'zod';

const ms = z.number().int().nonnegative();

/**
 * Whether a repair worked, as the machine's own data shows. `watching`: its symptoms are being looked for; `fixed`: they were looked for and
 * stayed away long enough; `not-fixed`: they were there; `too-early`: the time ran out before enough could be seen.
 */
export const repairState = z.enum(['watching', 'fixed', 'not-fixed', 'too-early']);
export type RepairState = z.infer<typeof repairState>;

/** One repair by a procedure, from its last step on. Recorded when it is watched and when it is decided. */
export const repairReport = z.object({
  repair: z.string().max(80),
  thing: z.string(),
  family: id,
  fault: id,
  faultTitle: localized,
  procedure: id,
  procedureTitle: localized,
  article: id.optional(),
  session: z.string().max(80).optional(),
  state: repairState,
  finishedAt: ms,
  /** Without enough to judge by, it stays open until then. */
  until: ms,
  decidedAt: ms.optional(),
  /** How long each must be seen to stay away, ms. */
  needs: ms,
  /** What is looked for: how long it was seen to be away without a break, and how long to be there, ms of judged time. */
  symptoms: z.array(z.object({ ref: z.string().max(64), title: localized, away: ms, there: ms })).max(64),
  /** What the person says; kept beside the verdict, never instead of it. */
  personSays: z.enum(['fixed', 'not-fixed']).optional(),
});
export type RepairReport = z.infer<typeof repairReport>;

/** How a procedure has done so far: `tries` counts every finished repair, also those that could not be judged. */
export const successRate = z.object({
  family: id,
  procedure: id,
  tries: z.int().nonnegative(),
  fixed: z.int().nonnegative(),
  notFixed: z.int().nonnegative(),
});
export type SuccessRate = z.infer<typeof successRate>;

/** Something the hub knows of a whole model or firmware, told to every edge that may have one. */
export const knownIssue = z.object({
  issue: id,
  family: id,
  /** Without these, every thing of the family. Compared without regard to case. */
  maker: z.string().max(120).optional(),
  model: z.string().max(120).optional(),
  /** Exact versions. */
  firmware: z.array(z.string().max(60)).max(50).optional(),
  title: localized,
  text: localized,
  severity: z.enum(['info', 'advice', 'warning', 'danger']),
  safety: z.enum(['stop', 'gently', 'go-on']),
  article: id.optional(),
  at: ms,
});
export type KnownIssue = z.infer<typeof knownIssue>;
