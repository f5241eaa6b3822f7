import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';

/**
 * The thread that owns one database file. It runs one statement at a time, in the order they come, so that an fsync
 * stalls this thread and never the event loop that talks to people.
 */
export type Ask = { id: number; sql: string; params: readonly SQLInputValue[] };
export type Answer =
  | { id: number; rows: Record<string, unknown>[]; changes?: bigint; insertId?: bigint }
  | { id: number; error: { message: string; code?: number } };

const port = parentPort;
if (!port) throw new Error('worker.ts is a worker thread, not a program');

const { file } = workerData as { file: string };
const database = new DatabaseSync(file, { enableForeignKeyConstraints: true });
// Exclusive: a second process on this file is refused rather than let in (and no shared-memory file is needed).
database.exec(
  'pragma locking_mode=exclusive; pragma journal_mode=wal; pragma synchronous=full; pragma temp_store=memory; pragma cache_size=-8000',
);

const prepared = new Map<string, StatementSync>();

function prepare(sql: string): StatementSync {
  let statement = prepared.get(sql);
  if (!statement) {
    statement = database.prepare(sql);
    if (prepared.size >= 256) prepared.delete(prepared.keys().next().value as string);
    prepared.set(sql, statement);
  }
  return statement;
}

function run({ id, sql, params }: Ask): Answer {
  try {
    const statement = prepare(sql);
    if (statement.columns().length > 0) return { id, rows: statement.all(...params) };
    const { changes, lastInsertRowid } = statement.run(...params);
    return { id, rows: [], changes: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  } catch (error) {
    const { message, errcode } = error as Error & { errcode?: number };
    return { id, error: { message, ...(errcode === undefined ? {} : { code: errcode }) } };
  }
}

port.on('message', (ask: Ask | 'close') => {
  if (ask === 'close') {
    database.close();
    port.close();
  } else port.postMessage(run(ask));
});
