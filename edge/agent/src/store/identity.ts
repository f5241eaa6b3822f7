import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';

const identity = z.object({ edge: z.string().min(1).max(64), hubToken: z.string().max(4_000).optional() });
/** Who this edge is, and what it shows its hub, as `sync/credential.ts` writes it. */
export type Identity = z.infer<typeof identity>;

/** Kept beside the store as well, so that a store that cannot be read any more takes neither the edge's name nor its hub away. */
export async function readIdentity(file: string): Promise<Identity | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
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
  await mkdir(dirname(file), { recursive: true });
  const fresh = await open(`${file}.new`, 'w', 0o600);
  try {
    await fresh.writeFile(text);
    await fresh.sync();
  } finally {
    await fresh.close();
  }
  await rename(`${file}.new`, file);
}
