import { randomBytes } from 'node:crypto';
import { canonical, commit, toBase64Url } from '@wayside/record';
import { nodePrimitives } from '@wayside/record/node';
import type { Db } from '../store/schema.ts';

/**
 * Puts what happened into the record, in the transaction of the change itself, so that nothing happens unrecorded and nothing is recorded that
 * did not happen. It is chained and sealed later, off the way of whoever waits for an answer.
 * @param session the conversation it belongs to
 * @returns the salt
 */
export async function note(tx: Db, id: string, kind: string, body: unknown, at: number, session?: string): Promise<string> {
  const salt = toBase64Url(randomBytes(32));
  const text = canonical(body);
  const { insertId } = await tx
    .insertInto('recordEntry')
    .values({
      id,
      kind,
      at: Math.floor(at),
      session: session ?? null,
      body: commit(nodePrimitives, salt, text),
      entry: null,
      hash: null,
      seal: null,
    })
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('recordBody')
    .values({ n: Number(insertId), salt, body: text })
    .execute();
  return salt;
}
