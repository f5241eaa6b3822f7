import { randomBytes } from 'node:crypto';
import { canonical, commit, toBase64Url } from '@wayside/record';
import { nodePrimitives } from '@wayside/record/node';
import { later } from '@wayside/sqlite';
import { sql } from 'kysely';
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
  await later(
    tx,
    tx.insertInto('recordEntry').values({
      id,
      kind,
      at: Math.floor(at),
      session: session ?? null,
      body: commit(nodePrimitives, salt, text),
      entry: null,
      hash: null,
      seal: null,
    }),
  );
  await later(tx, tx.insertInto('recordBody').values({ n: sql<number>`last_insert_rowid()`, salt, body: text }));
  return salt;
}
