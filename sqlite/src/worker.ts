import { backup, DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { parentPort } from 'node:worker_threads';
import { salvage } from './salvage.ts';

/**
 * The thread that owns the database files. It runs one statement at a time, in the order they come, so that an fsync
 * stalls this thread and never the event loop that talks to people.
 */
export type Act =
  | { open: string }
  | { run: readonly Statement[] }
  | { bulk: readonly Bulk[] }
  | { blobs: string; params: readonly SQLInputValue[] }
  | { salvage: string; within: number }
  | { copy: string }
  | { rest: true }
  | { close: true };
/** A statement, or one for many rows. */
export type Statement = { sql: string; params: readonly unknown[] } | Bulk;
/** One statement for many rows. */
export type Bulk = { sql: string; rows: readonly (readonly SQLInputValue[])[] };
/** Blobs one after the other in one buffer, and where each ends. */
export type Blobs = { bytes: Uint8Array<ArrayBuffer>; ends: number[] };
export type Ask = { id: number; store: number; act: Act };
export type Rows = { rows: Record<string, unknown>[]; changes?: bigint; insertId?: bigint };
export type Answer = { id: number } & (Rows | Blobs | { error: { message: string; code?: number } });

type Open = { database: DatabaseSync; prepared: Map<string, StatementSync> };

const port = parentPort;
if (!port) throw new Error('worker.ts is a worker thread, not a program');

const stores = new Map<number, Open>();
const nothing: Rows = { rows: [] };

/** Who begins a process so that it may ask for collections has little memory: there the system's own cache of the file is enough. */
const cacheKiB = globalThis.gc ? 512 : 2_000;
const giveBack = (): void => void globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
/** What this thread's start left goes when whoever opened a file has most likely done what it waits for. */
const settledMs = 2_500;
let settling: NodeJS.Timeout | undefined;

function open(file: string): Open {
  const database = new DatabaseSync(file, { enableForeignKeyConstraints: true });
  try {
    // Exclusive: a second process on this file is refused rather than let in (and no shared-memory file is needed).
    database.exec(
      `pragma locking_mode=exclusive; pragma journal_mode=wal; pragma synchronous=full; pragma temp_store=memory; pragma cache_size=-${cacheKiB}`,
    );
  } catch (error) {
    database.close();
    throw error;
  }
  clearTimeout(settling);
  settling = setTimeout(giveBack, settledMs).unref();
  return { database, prepared: new Map() };
}

function prepare({ database, prepared }: Open, sql: string): StatementSync {
  let statement = prepared.get(sql);
  if (!statement) {
    statement = database.prepare(sql);
    if (prepared.size >= 256) prepared.delete(prepared.keys().next().value as string);
    prepared.set(sql, statement);
  }
  return statement;
}

function run(store: Open, sql: string, params: readonly SQLInputValue[]): Rows {
  const statement = prepare(store, sql);
  if (statement.columns().length > 0) return { rows: statement.all(...params) };
  const { changes, lastInsertRowid } = statement.run(...params);
  return { rows: [], changes: BigInt(changes), insertId: BigInt(lastInsertRowid) };
}

/** Faster than one statement that takes all rows as JSON, by half: nothing is put into words and read again. */
function runEach(store: Open, { sql, rows }: Bulk): Rows {
  const statement = prepare(store, sql);
  for (const row of rows) statement.run(...row);
  return nothing;
}

/** One after the other, up to one that fails. @returns what the last one gave */
function runInTurn(store: Open, statements: readonly Statement[]): Rows {
  let last = nothing;
  for (const one of statements) last = 'rows' in one ? runEach(store, one) : run(store, one.sql, one.params as SQLInputValue[]);
  return last;
}

/** All rows or none. */
function runAll(store: Open, bulk: readonly Bulk[]): Rows {
  const { database } = store;
  database.exec('begin immediate');
  try {
    for (const one of bulk) runEach(store, one);
    database.exec('commit');
  } catch (error) {
    // After a full disk SQLite has often rolled back by itself (sqlite.org/lang_transaction.html §2).
    if (database.isTransaction) database.exec('rollback');
    throw error;
  }
  return nothing;
}

/** The first column of every row. */
function readBlobs(store: Open, sql: string, params: readonly SQLInputValue[]): Blobs {
  const blobs = prepare(store, sql)
    .all(...params)
    .map((row) => Object.values(row)[0] as Uint8Array);
  const bytes = new Uint8Array(blobs.reduce((sum, { length }) => sum + length, 0));
  const ends: number[] = [];
  let end = 0;
  for (const blob of blobs) {
    bytes.set(blob, end);
    end += blob.length;
    ends.push(end);
  }
  return { bytes, ends };
}

function perform(store: number, act: Act): Rows | Blobs {
  if ('open' in act) {
    stores.set(store, open(act.open));
    return nothing;
  }
  if ('rest' in act) {
    giveBack();
    return nothing;
  }
  const known = stores.get(store);
  if (!known) throw new Error(`there is no store ${store}`);
  if ('run' in act) return runInTurn(known, act.run);
  if ('bulk' in act) return runAll(known, act.bulk);
  if ('blobs' in act) return readBlobs(known, act.blobs, act.params);
  if ('salvage' in act) return { rows: salvage(known.database, act.salvage, act.within) };
  if ('copy' in act) throw new Error('a copy is made aside');
  stores.delete(store);
  known.database.close();
  return nothing;
}

function failed(error: unknown): { error: { message: string; code?: number } } {
  const { message, errcode } = error as Error & { errcode?: number };
  return { error: { message, ...(errcode === undefined ? {} : { code: errcode }) } };
}

/** Some pages at a time, so that others are answered in between; what they change meanwhile comes into the copy as well. */
async function copy(store: number, to: string): Promise<Rows> {
  const known = stores.get(store);
  if (!known) throw new Error(`there is no store ${store}`);
  await backup(known.database, to, { rate: 256 });
  return nothing;
}

port.on('message', ({ id, store, act }: Ask) => {
  if ('copy' in act) {
    copy(store, act.copy)
      .catch(failed)
      .then((answer) => port.postMessage({ id, ...answer }));
    return;
  }
  let answer: Answer;
  try {
    answer = { id, ...perform(store, act) };
  } catch (error) {
    answer = { id, ...failed(error) };
  }
  port.postMessage(answer, 'bytes' in answer ? [answer.bytes.buffer] : []);
});
