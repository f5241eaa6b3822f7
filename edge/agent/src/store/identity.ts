import { readFile } from 'node:fs/promises';
import { WaysideError } from '@wayside/protocol';
import { writeSecret } from '@wayside/sqlite';
import { z } from 'zod';

const identity = z.object({ edge: z.string().min(1).max(64), hubToken: z.string().max(4_000).optional() });
/** Who this edge is, and what it shows its hub, as `sync/credential.ts` writes it. */
export type Identity = z.infer<typeof identity>;

/**
 * Kept beside the store as well, so that a store that cannot be read any more takes neither the edge's name nor its hub away.
 * @throws WaysideError `unavailable` when the disk does not give it: an edge whose name is taken for lost would get another
 */
export async function readIdentity(file: string): Promise<Identity | undefined> {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined;
    throw new WaysideError('unavailable', `The edge’s name in ${file} cannot be read now (${cause.code}). Check its owner and rights.`, {
      cause,
    });
  });
  if (text === undefined) return undefined;
  try {
    return identity.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Writes it when it has changed, whole or not at all. */
export async function keepIdentity(file: string, now: Identity): Promise<void> {
  const text = JSON.stringify(identity.parse(now));
  if ((await readFile(file, 'utf8').catch(() => '')) === text) return;
  await writeSecret(file, text);
}
