import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { WaysideError } from '@wayside/protocol';
import { ed25519Note, fromBase64Url, type NoteKey, noteKey, type Signer, toBase64Url, toHex, writeVkey } from '@wayside/record';
import { nodePrimitives as p, signerFrom } from '@wayside/record/node';
import { writeSecret } from '@wayside/sqlite';
import { change, type Ground } from '../store/change.ts';

/** With what a hub signs the head of its log, and under what name. It is another from the moment on when a log begins anew. */
export type LogKey = { signer: Signer; key: NoteKey };

/**
 * The log's signing key: made at the first start, kept where only its owner may read. Its name, the log's origin, follows from it. Whoever
 * replaces it begins another log in the eyes of every edge, and they say so.
 * @throws WaysideError `internal` when the file is damaged
 */
export async function readLogKey(file: string): Promise<LogKey> {
  const kept = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new WaysideError('internal', `The key of the log in ${file} cannot be read. Check its owner and rights.`, { cause: error });
  });
  const seed = kept === undefined ? randomBytes(32) : fromBase64Url(kept.trim());
  if (seed?.length !== 32) throw new WaysideError('internal', `The key of the log in ${file} is damaged. Put a copy back.`);
  if (kept === undefined) await writeSecret(file, `${toBase64Url(seed)}\n`);
  const signer = signerFrom(seed);
  const name = `wayside-hub/${toHex(p.sha256(signer.publicKey)).slice(0, 12)}`;
  return { signer, key: noteKey(p, name, ed25519Note, signer.publicKey) };
}

/**
 * Hubs on one store keep one log, so they sign it with one key.
 * @throws WaysideError `conflict` when another hub on this store has another key
 */
export async function agreeOnLogKey(ground: Ground, { key }: LogKey): Promise<void> {
  const ours = writeVkey(key);
  await change(ground, async ({ tx, now }) => {
    await tx
      .insertInto('setting')
      .values({ name: 'log-key', valueJson: JSON.stringify(ours), by: 'hub', updatedAt: now })
      .onConflict((c) => c.doNothing())
      .execute();
    const { valueJson } = await tx.selectFrom('setting').select('valueJson').where('name', '=', 'log-key').executeTakeFirstOrThrow();
    if (JSON.parse(valueJson) !== ours)
      throw new WaysideError(
        'conflict',
        'Another hub on this database signs the log with another key. Copy the file log-key of its data folder into this one’s, then start again.',
      );
  });
}
