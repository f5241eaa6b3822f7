import { randomBytes } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { WaysideError } from '@wayside/protocol';
import { fromBase64Url, type Signer, toBase64Url } from '@wayside/record';
import { signerFrom } from '@wayside/record/node';
import { failpoint, syncFolder, writeSecret } from '@wayside/sqlite';
import { z } from 'zod';

const kept = z.object({ n: z.int().min(1), seed: z.string().regex(/^[\w-]{43}$/) });
type Kept = z.infer<typeof kept>;

/**
 * The secret half of the record's signing key: apart from the store, because what a database has overwritten stays in its pages for long. Only
 * the newest exists. A new one lies beside the old one until the store says that it is the key in use.
 */
export type Keys = {
  /** The secret of key `n`. Undefined when it is not here any more. */
  read(n: number): Promise<Signer | undefined>;
  /** Makes the secret of key `n` and has it on disk before anything depends on it. */
  prepare(n: number): Promise<Signer>;
  /** Key `n` is in use from now on: the one before is overwritten and gone. */
  promote(n: number): Promise<void>;
  /** A long-lived secret for signing as a witness. */
  witness(): Promise<Signer>;
};

export function createKeys(folder: string): Keys {
  const current = join(folder, 'signing-key.json');
  const next = join(folder, 'signing-key.next.json');

  async function make(file: string, n: number): Promise<Signer> {
    const seed = randomBytes(32);
    await writeSecret(file, JSON.stringify({ n, seed: toBase64Url(seed) } satisfies Kept));
    return signerFrom(seed);
  }

  async function promote(n: number): Promise<void> {
    if ((await readKept(next))?.n !== n) return;
    failpoint('edge.key.in-use');
    await wipe(current);
    failpoint('edge.key.wiped');
    await rename(next, current);
    await syncFolder(folder);
  }

  return {
    async read(n) {
      // A crash between the commit and the promotion leaves the key in use where the next one lies.
      await promote(n);
      const found = await readKept(current);
      return found?.n === n ? signerOf(found) : undefined;
    },
    async prepare(n) {
      const made = await make(next, n);
      failpoint('edge.key.prepared');
      return made;
    },
    promote,
    async witness() {
      const file = join(folder, 'witness-key.json');
      const found = await readKept(file);
      return found ? signerOf(found) : make(file, 1);
    },
  };
}

const signerOf = ({ seed }: Kept): Signer => signerFrom(fromBase64Url(seed) as Uint8Array);

/** @throws WaysideError `unavailable` when the disk does not give it: a key that is taken for lost would be replaced, and nothing vouches for the next */
async function readKept(file: string): Promise<Kept | undefined> {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined;
    throw new WaysideError('unavailable', `The signing key in ${file} cannot be read now (${cause.code}).`, { cause });
  });
  try {
    return text === undefined ? undefined : kept.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Overwrites before it removes. On flash and on file systems that copy on write an old copy may outlive this for a while; docs/record.md says so. */
async function wipe(file: string): Promise<void> {
  const old = await open(file, 'r+').catch(() => undefined);
  if (!old) return;
  try {
    const { size } = await old.stat();
    await old.write(randomBytes(size), 0, size, 0);
    await old.sync();
  } finally {
    await old.close();
  }
  await rm(file, { force: true });
}
