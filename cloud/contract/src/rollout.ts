import { id } from '@wayside/protocol';
import { z } from 'zod';

const ms = z.number().int().nonnegative();
const fingerprint = z.string().regex(/^[0-9a-f]{64}$/);

/** What an edge says of itself: at each start, and when something of it has changed. */
export const edgeReport = z.object({
  at: ms,
  startedAt: ms,
  version: z.string().max(60),
  tier: z.enum(['lite', 'standard']),
  generator: z.string().max(80).optional(),
  /** Those that ship bear no fingerprint. */
  packs: z
    .array(
      z.object({
        family: z.string().max(120),
        version: z.string().max(60),
        fingerprint: fingerprint.optional(),
        state: z.enum(['ok', 'broken']),
        problem: z.string().max(2000).optional(),
      }),
    )
    .max(100),
  disk: z.object({ freeBytes: ms, state: z.enum(['ok', 'low', 'full']) }),
  /** What went wrong in its own working since it started: lines of its log that are errors. */
  errors: z.int().nonnegative(),
});
export type EdgeReport = z.infer<typeof edgeReport>;

/** What edges are to run: a pack that lies at the hub, or a language model of the catalog (`none`: the lite tier). */
export const novelty = z.discriminatedUnion('of', [
  z.object({ of: z.literal('pack'), family: id, version: z.string().max(60), fingerprint }),
  z.object({ of: z.literal('generator'), model: z.string().min(1).max(80) }),
]);
export type Novelty = z.infer<typeof novelty>;

/** What an edge needs for it of the signed updates (TUF); nothing where it only leaves something out. */
export const targetOf = (what: Novelty): string | undefined =>
  what.of === 'pack' ? `packs/${what.fingerprint}` : what.model === 'none' ? undefined : `models/${what.model}`;

/** What the target `models/{id}` holds: which file a model is. */
export const modelManifest = z.object({
  id: z.string().max(80),
  file: z.string().max(200),
  bytes: z.int().positive(),
  sha256: fingerprint,
});

/** A rollout reaches this edge; or it is taken back, and what ran before runs again. */
export const take = z.object({ rollout: z.string().max(80), what: novelty, back: z.literal(true).optional() });
export type Take = z.infer<typeof take>;

/** What became of it here: it runs; it failed its check or did not start, and what ran before goes on; it was taken back. */
export const took = z.object({
  rollout: z.string().max(80),
  state: z.enum(['runs', 'refused', 'back']),
  problem: z.string().max(2000).optional(),
  at: ms,
});
export type Took = z.infer<typeof took>;

/** The files of a pack, by path, in base64: what the target `packs/{fingerprint}` holds. */
export const packBundle = z.object({ files: z.record(z.string().min(1).max(200), z.base64().max(1_500_000)) });
export type PackBundle = z.infer<typeof packBundle>;

const innerPath = z
  .string()
  .max(400)
  .regex(/^(?!\/)(?!.*(^|\/)\.\.?(\/|$))[^\\\0\n]+$/);

/** A release of the agent: all its files. What the target `releases/{release}` holds; the files come by their hash. `runs`: it is a program. */
export const releaseList = z.strictObject({
  release: z.string().regex(/^[\w.-]{1,120}$/),
  version: z.string().max(60),
  platform: z.string().max(60),
  files: z
    .array(z.strictObject({ path: innerPath, sha256: fingerprint, bytes: ms.max(2 ** 31), runs: z.literal(true).optional() }))
    .min(1)
    .max(20_000),
});
export type ReleaseList = z.infer<typeof releaseList>;
