import { edgeReport, novelty, packBundle } from '@wayside/contract';
import { id, localized } from '@wayside/protocol';
import { z } from 'zod';

/** What an edge says it runs. */
export const edgeSays = edgeReport.pick({
  version: true,
  tier: true,
  generator: true,
  packs: true,
  disk: true,
  errors: true,
  startedAt: true,
});

/** A pack, as its files. */
export const newPack = packBundle.strict();
export const packRow = z.object({
  fingerprint: z.string(),
  family: z.string(),
  version: z.string(),
  title: localized,
  bytes: z.int(),
  by: z.string(),
  at: z.number(),
});
export type PackRow = z.infer<typeof packRow>;
/** And the language models of the catalog, which edges fetch themselves. What is not signed yet cannot be rolled out. */
export const packList = z.object({
  packs: z.array(packRow.extend({ signed: z.boolean() })),
  models: z.array(z.object({ id: z.string(), bytes: z.number(), signed: z.boolean() })),
});
export type PackList = z.infer<typeof packList>;

/** When a ring is well, and when the rollout is taken back. */
export const healthRules = z
  .object({
    /** So long a ring runs before the next gets it. */
    soakMinutes: z.number().min(0).max(20_160).default(60),
    /** An edge that was told and says nothing for so long is not well. */
    silentMinutes: z.number().min(1).max(1_440).default(15),
    /** So many more faults a day than the week before are borne, for each edge. */
    faultsPerDay: z.number().min(0).max(1_000).default(3),
    /** So many errors in an edge's log since it started with it. */
    errors: z.int().min(0).max(10_000).default(5),
    /** By so much, of 1, the share of sentences that were understood may fall. */
    understood: z.number().min(0).max(1).default(0.15),
  })
  .strict();
export type HealthRules = z.infer<typeof healthRules>;

export const newRollout = z
  .object({
    what: novelty,
    /** Who gets it first. */
    first: z.array(id).min(1).max(100),
    /** Which share of the others, of 1, is next; then come all. */
    share: z.number().min(0).max(1).default(0.2),
    rules: healthRules.prefault({}),
  })
  .strict();
export type NewRollout = z.input<typeof newRollout>;

/** Why it was stopped: by somebody, or because an edge is not well. */
export const rolloutWhy = z.object({
  reason: z.enum(['person', 'refused', 'silent', 'faults', 'errors', 'understood']),
  edge: z.string().optional(),
  by: z.string().optional(),
  detail: z.string().optional(),
  is: z.number().optional(),
  was: z.number().optional(),
});
export type RolloutWhy = z.infer<typeof rolloutWhy>;

/** How an edge is with it, since it runs it, and in the week before. `heard`: sentences; `understood`: of those. */
const count = z.object({ days: z.number(), faults: z.int(), heard: z.int(), understood: z.int() });
export const edgeHealth = z.object({ now: count, before: count, errors: z.int() });
export type EdgeHealth = z.infer<typeof edgeHealth>;

export const rolloutEdgeRow = z.object({
  edge: z.string(),
  ring: z.int(),
  state: z.enum(['waiting', 'told', 'runs', 'refused', 'back']),
  at: z.number(),
  problem: z.string().optional(),
  health: edgeHealth.optional(),
});
export type RolloutEdgeRow = z.infer<typeof rolloutEdgeRow>;

/** How many edges of a ring stand where. */
const ringCounts = z.object({
  ring: z.int(),
  edges: z.int(),
  waiting: z.int(),
  told: z.int(),
  runs: z.int(),
  refused: z.int(),
  back: z.int(),
});
export type RingCounts = z.infer<typeof ringCounts>;

export const rolloutRow = z.object({
  id: z.string(),
  what: novelty,
  state: z.enum(['running', 'stopped', 'done']),
  ring: z.int(),
  ringSince: z.number(),
  rules: healthRules,
  by: z.string(),
  startedAt: z.number(),
  endedAt: z.number().nullable(),
  why: rolloutWhy.optional(),
  rings: z.array(ringCounts),
  /** At most 20 of each ring: the one it was stopped for and those that refused first. The others: `/v1/rollouts/{rollout}/edges`. */
  edges: z.array(rolloutEdgeRow),
});
export type RolloutRow = z.infer<typeof rolloutRow>;
export const rolloutList = z.object({ rollouts: z.array(rolloutRow) });
export type RolloutList = z.infer<typeof rolloutList>;

/** The edges of a rollout, by name, so many at a time. */
export const rolloutEdges = z.object({ edges: z.array(rolloutEdgeRow), more: z.boolean() });
export type RolloutEdges = z.infer<typeof rolloutEdges>;
export const rolloutEdgesQuery = z
  .object({
    ring: z.coerce.number().int().min(0).max(9).optional(),
    /** Part of an edge's id. */
    q: z.string().max(64).optional(),
    /** The last that was shown. */
    after: id.optional(),
  })
  .strict();
export type RolloutEdgesQuery = z.infer<typeof rolloutEdgesQuery>;
