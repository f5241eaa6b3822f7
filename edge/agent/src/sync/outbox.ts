import type { PersonReport, UpKind, UpRecord, upBodies } from '@wayside/contract';
import { newId } from '@wayside/protocol';
import { type Bulk, failpoint, later } from '@wayside/sqlite';
import { type Selectable, sql } from 'kysely';
import type { z } from 'zod';
import { nameEnvelope } from '../record/envelope-name.ts';
import { note } from '../record/note.ts';
import type { Db, EdgeSchema } from '../store/schema.ts';
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts';

type Body<K extends UpKind> = z.infer<(typeof upBodies)[K]>;

/**
 * Records that something happened, and puts it for the hub beside the change it tells of: call it with the transaction that makes the
 * change, so that all are stored or none. The sequence number is the row's, taken inside that transaction.
 * @returns the record's id
 */
export async function enqueue<K extends UpKind>(db: Db, kind: K, body: Body<K>, now: number): Promise<string> {
  const act = async (tx: Db): Promise<string> => {
    const id = newId('r', now);
    const session = 'session' in body && typeof body.session === 'string' ? body.session : undefined;
    const salt = await note(tx, id, kind, body, now, session);
    await insert(tx, { id, kind, at: Math.floor(now), body: JSON.stringify(body), salt });
    failpoint('edge.outbox.written');
    return id;
  };
  return db.isTransaction ? act(db) : db.transaction().execute(act);
}

/** Records what happened and is to stay here: of it the hub gets the commitment alone. */
export async function recordHere<K extends UpKind>(tx: Db, kind: K, body: Body<K> & { session: string }, now: number): Promise<void> {
  await note(tx, newId('r', now), kind, body, now, body.session);
}

/** Puts for the hub what is no happening of its own: seals, and signatures as a witness. */
export const queue = <K extends 'seal' | 'cosignature'>(tx: Db, kind: K, body: Body<K>, now: number): Promise<void> =>
  insert(tx, { ...unrecorded(kind, body, now), salt: null });

async function insert(tx: Db, envelope: Omit<Selectable<EdgeSchema['outbox']>, 'seq'>): Promise<void> {
  await later(tx, tx.insertInto('outbox').values(envelope));
}

/** An envelope of which the record holds no entry. */
function unrecorded(kind: string, content: unknown, now: number) {
  const [at, body] = [Math.floor(now), JSON.stringify(content)];
  return { id: nameEnvelope(kind, at, body), kind, at, body };
}

/**
 * Takes back what still waits of these conversations, in the caller's transaction. Each record becomes the word that it is gone: no number
 * may be missing from the stream.
 * @param instead what is told of a person; without it, when it was erased, of somebody the hub knows by nothing else
 * @param before only what was recorded until then, epoch ms
 */
export async function takeBack(
  tx: Db,
  sessions: readonly string[],
  kinds: readonly UpKind[],
  instead: PersonReport | { at: number },
  before = Number.MAX_SAFE_INTEGER,
): Promise<void> {
  if (sessions.length === 0) return;
  await tx
    .updateTable('outbox')
    .set({ kind: 'person' in instead ? 'person' : 'erased', body: JSON.stringify(instead), salt: null })
    .where('kind', 'in', kinds)
    .where('at', '<', before)
    .where(sql<string>`json_extract(body, '$.session')`, 'in', sessions)
    .execute();
}

/** As `enqueue`, as a statement to be run with the change it tells of. */
export function enqueueing<K extends UpKind>(kind: K, body: z.infer<(typeof upBodies)[K]>, now: number): Bulk {
  const { id, at, body: text } = unrecorded(kind, body, now);
  return { sql: 'insert into outbox (id, kind, at, body) values (?, ?, ?, ?)', rows: [[id, kind, at, text]] };
}

/** How far the hub has stored the stream; what lies below and is still here waits to be safe. */
const told = 'told';
/** In the name of a checkpoint: this number has overtaken others, and the hub has it. */
export const overtook = 'overtook ';
export const toldThrough = (db: Db): Promise<number> => readCheckpoint(db, told);

/** About what a record has on the line around its body: number, id, kind, time and salt. */
const aroundBody = 160;

/**
 * The next records after `after`, in order, one at the least. They are weighed where they lie: many large ones are never in memory.
 * @param bytes about so much they have together at most, as they go over the line
 */
export async function recordsAfter(db: Db, after: number, limit: number, bytes: number): Promise<UpRecord[]> {
  const { rows } = await sql<Selectable<EdgeSchema['outbox']>>`select seq, id, kind, at, body, salt from (
      select *, sum(octet_length(body) + ${aroundBody}) over (order by seq rows unbounded preceding) as through
      from outbox where seq > ${after} order by seq limit ${limit})
    where through <= ${bytes} or through = octet_length(body) + ${aroundBody}`.execute(db);
  return rows.map(recordOf);
}

/** The next records the hub has not acknowledged, in order. */
export const waiting = async (db: Db, limit: number): Promise<UpRecord[]> =>
  recordsAfter(db, await toldThrough(db), limit, Number.MAX_SAFE_INTEGER);

/** How many records wait for the hub. They are not counted, which would take long after a month without it: no number is missing. */
export async function countWaiting(db: Db): Promise<number> {
  const row = await db
    .selectFrom('outbox')
    .select((e) => e.fn.max('seq').as('last'))
    .executeTakeFirst();
  return Math.max(0, Number(row?.last ?? 0) - (await toldThrough(db)));
}

/**
 * Records beyond `after` that somebody waits for, oldest first, and what was said in the conversations of the newest requests. The words are those of
 * the two indexes, so that nothing else is looked at.
 */
export async function urgentAfter(db: Db, after: number, limit: number): Promise<UpRecord[]> {
  const beyond = db.selectFrom('outbox').selectAll().where('seq', '>', after).orderBy('seq').limit(limit);
  const asked = await beyond.where(sql<boolean>`kind in ('handoff', 'raise', 'consent', 'command')`).execute();
  // With a plus it is no column but a value, which the index of an expression needs (sqlite.org/datatype3.html#affinity_of_expressions).
  const handedOver = db.selectFrom('handoff').select(sql<string>`+session`.as('session')).where('state', '!=', 'resolved');
  const said = await beyond
    .where(sql<boolean>`kind = 'turn'`)
    .where(sql<string>`json_extract(body, '$.session')`, 'in', handedOver)
    .execute();
  return [...asked, ...said]
    .sort((a, b) => a.seq - b.seq)
    .slice(0, limit)
    .map(recordOf);
}

const recordOf = ({ salt, ...row }: Selectable<EdgeSchema['outbox']>): UpRecord => ({
  ...row,
  body: JSON.parse(row.body) as unknown,
  ...(salt === null ? {} : { salt }),
});

/**
 * The hub has stored everything up to `through`. What would survive the loss of its disk, up to `safe`, need not be kept here any longer; the rest
 * stays, so that a hub that was put back or lost is filled again.
 */
export async function acknowledged(tx: Db, through: number, safe: number): Promise<void> {
  await writeCheckpoint(tx, told, through);
  await tx.deleteFrom('outbox').where('seq', '<=', Math.min(through, safe)).execute();
  failpoint('edge.outbox.pruned');
}

/** The number of the oldest record that is still here; one beyond the last when none is. */
export async function firstKept(db: Db): Promise<number> {
  const row = await db
    .selectFrom('outbox')
    .select((e) => e.fn.min('seq').as('seq'))
    .executeTakeFirst();
  return row?.seq ?? (await lastNumber(db)) + 1;
}

/** What was recorded under these ids is erased: what is kept of it for a hub that loses its disk is erased as well. */
export async function scrub(tx: Db, ids: readonly string[], now: number): Promise<void> {
  const told = await toldThrough(tx);
  for (let i = 0; i < ids.length; i += 500)
    await tx
      .updateTable('outbox')
      .set({ kind: 'erased', body: JSON.stringify({ at: Math.floor(now) }), salt: null })
      .where('id', 'in', ids.slice(i, i + 500))
      .where('seq', '<=', told)
      .execute();
}

/** The highest number a record of this epoch was ever given. */
export async function lastNumber(db: Db): Promise<number> {
  const { rows } = await sql<{ seq: number }>`select seq from sqlite_sequence where name = 'outbox'`.execute(db);
  return rows[0]?.seq ?? 0;
}

/** In the name of a checkpoint: so many records of this earlier epoch were safe, and are not here any more. */
export const forgot = 'forgot ';

export async function forgottenEpochs(db: Db): Promise<{ epoch: string; forgotten: number }[]> {
  const rows = await db.selectFrom('checkpoint').selectAll().where('name', 'like', `${forgot}%`).where('value', '>', 0).execute();
  return rows.map(({ name, value }) => ({ epoch: name.slice(forgot.length), forgotten: value }));
}

/** The hub lacks so many records that are not here any more. */
export async function stateGap(tx: Db, count: number, now: number): Promise<void> {
  await enqueue(tx, 'gap', { of: 'records', reason: 'hub-lost', count, at: Math.floor(now) }, now);
}

/**
 * What is here is numbered anew, from one, in a new epoch: for a hub that never heard of us, or one that has heard more from us than we know.
 * @param said of so many records of the old epoch that are not here any more the loss is said
 * @returns the new epoch
 */
export async function renumber(tx: Db, now: number, said = 0): Promise<string> {
  const epoch = newId('ep', now);
  const before = await tx.selectFrom('meta').select('value').where('key', '=', 'epoch').executeTakeFirstOrThrow();
  await writeCheckpoint(tx, forgot + before.value, (await firstKept(tx)) - 1 - said);
  await tx.updateTable('meta').set({ value: epoch }).where('key', '=', 'epoch').execute();
  const rows = await tx.selectFrom('outbox').select(['id', 'kind', 'at', 'body', 'salt']).orderBy('seq').execute();
  await tx.deleteFrom('outbox').execute();
  await sql`delete from sqlite_sequence where name = 'outbox'`.execute(tx);
  await writeCheckpoint(tx, told, 0);
  await tx.deleteFrom('checkpoint').where('name', 'like', `${overtook}%`).execute();
  for (const row of rows) await tx.insertInto('outbox').values(row).execute();
  failpoint('edge.epoch.renumbered');
  return epoch;
}
