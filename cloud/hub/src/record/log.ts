import {
  fromBase64Url,
  leafHash,
  type NoteSignature,
  nodeHash,
  type ReadNode,
  rootAt,
  signNote,
  toBase64Url,
  utf8,
  writeCheckpoint,
  writeNote,
} from '@wayside/record';
import { nodePrimitives as p } from '@wayside/record/node';
import { failpoint } from '@wayside/sqlite';
import type { Db } from '../store/schema.ts';
import type { LogKey } from './log-key.ts';

/** The log of RFC 9162: leaves are the seals and keys of all edges, and every complete subtree's hash is kept. */
export type Leaf = { edge: string; what: 'seal' | 'key'; n: number; epoch: number; text: string; prev: string; under: string };

/** How many leaves there are. */
export async function logSize(db: Db): Promise<number> {
  const row = await db
    .selectFrom('logLeaf')
    .select((e) => e.fn.max('place').as('last'))
    .executeTakeFirst();
  return row?.last == null ? 0 : Number(row.last) + 1;
}

export const nodesOf =
  (db: Db): ReadNode =>
  async (level, place) => {
    const row = await db.selectFrom('logNode').select('hash').where('level', '=', level).where('place', '=', place).executeTakeFirst();
    const bytes = row && fromBase64Url(row.hash);
    if (!bytes) throw new Error(`the log has no node ${place} on level ${level}`);
    return bytes;
  };

/** Appends a leaf, and the nodes that are complete with it. @returns its index */
export async function append(tx: Db, leaf: Leaf, now: number): Promise<number> {
  const place = await logSize(tx);
  let hash = leafHash(p, utf8(leaf.text));
  await tx
    .insertInto('logLeaf')
    .values({ place, hash: toBase64Url(hash), ...leaf, receivedAt: now })
    .execute();
  const read = nodesOf(tx);
  for (let level = 0, at = place; ; level++, at = (at - 1) / 2) {
    await tx
      .insertInto('logNode')
      .values({ level, place: at, hash: toBase64Url(hash) })
      .execute();
    if (at % 2 === 0) break;
    hash = nodeHash(p, await read(level, at - 1), hash);
  }
  failpoint('hub.log.appended');
  return place;
}

/** The head of the log at this size, signed; `besides` are witnesses' signatures. */
export async function signHead(db: Db, { key, signer }: LogKey, size: number, besides: NoteSignature[] = []): Promise<string> {
  const text = writeCheckpoint({ origin: key.name, size, root: await rootAt(p, size, nodesOf(db)) });
  const note = writeNote({ text, signatures: [signNote(p, text, key.name, signer), ...besides] });
  failpoint('hub.log.head-signed');
  return note;
}
