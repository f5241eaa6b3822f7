import { z } from 'zod';

const target = z.object({ path: z.string(), sha256: z.string(), bytes: z.int(), custom: z.record(z.string(), z.string()) });

/** How updates are signed: by whom, until when (epoch ms), whether the key lies at the hub; and all that edges may have, signed or not. */
export const updateStatus = z.object({
  /** So many of the root's keys must sign the next root. */
  threshold: z.int(),
  roles: z.array(
    z.object({
      role: z.enum(['root', 'targets', 'snapshot', 'timestamp']),
      version: z.int(),
      expiresAt: z.number(),
      keys: z.array(z.string()),
      here: z.boolean(),
    }),
  ),
  wanted: z.array(target.extend({ signed: z.boolean() })),
  /** The files themselves, to sign the next. */
  root: z.string(),
  targets: z.string(),
});
export type UpdateStatus = z.infer<typeof updateStatus>;

export const signedFiles = z.object({ root: z.string().max(512_000).optional(), targets: z.string().max(5_000_000).optional() }).strict();
