import { dirname } from 'node:path';
import { WaysideError } from '@wayside/protocol';
import { Kysely, sql } from 'kysely';
import { DEFAULT_MIGRATION_TABLE, type Migration, Migrator } from 'kysely/migration';
import { dialectOf } from './dialect.ts';
import { tellsDiskTrouble } from './disk-trouble.ts';
import { diskError } from './explain.ts';
import type { Inspected } from './inspect-aside.ts';
import { makeFolder } from './make-folder.ts';
import type { Salvaged } from './salvage.ts';
import { openFile } from './thread.ts';
import type { Blobs, Bulk } from './worker.ts';

export { EachRow, later } from './dialect.ts';
export { Damaged, DiskError } from './explain.ts';
export { failpoint } from './failpoint.ts';
export type { Inspected } from './inspect-aside.ts';
export { makeFolder } from './make-folder.ts';
export type { Salvaged } from './salvage.ts';
export { restStores } from './thread.ts';
export type { Bulk } from './worker.ts';
export { syncFolder, writeSecret } from './write-secret.ts';

export type Store<Schema> = {
  readonly db: Kysely<Schema>;
  readonly file: string;
  /**
   * Writes many rows by few statements, all or none, in one trip to the thread: what bulk data needs. Resolves when it is on disk.
   * @param given buffers in which values lie; they are handed over instead of copied, and are empty here from then on
   */
  bulk(statements: readonly Bulk[], given?: readonly ArrayBuffer[]): Promise<void>;
  /**
   * Reads one column of blobs, in one trip: what a bulk read needs.
   * @param select a statement whose rows have a blob as their first column
   * @returns all of them in one buffer, one after the other, and where each ends
   */
  blobs(select: string, params: readonly unknown[]): Promise<Blobs>;
  /** A whole, consistent copy of what is committed, while others go on. @param file where; it must not be there yet */
  copyTo(file: string): Promise<void>;
  /**
   * Takes over from a damaged store what can still be read of its rows, table by table; call it on one that is new and empty.
   * @returns of each table how many rows came over, and whether all of it could be read; none when the file is no database
   * @throws WaysideError when what was read could not be written here; `conflict` when somebody has the damaged one open
   */
  salvage(from: string, withinMs: number): Promise<Salvaged[]>;
  /** What is wrong with the file's structure; undefined when nothing is. Reads all of it, so it takes as long as the disk. @throws DiskError when that does not give it */
  inspect(): Promise<string | undefined>;
  /** The same while others go on, in a process of its own; ends with the store. Meanwhile what is written stays in the log beside the file. */
  inspectAside(): Promise<Inspected>;
  close(): Promise<void>;
};

/** Whether exactly these migrations were run here. Kysely itself looks at every table to find that there is nothing to do, which takes longer than all else of opening a store. */
async function isUpToDate<Schema>(db: Kysely<Schema>, migrations: Record<string, Migration>): Promise<boolean> {
  // On a new file there is no such table, and on a damaged one who migrates says what is wrong.
  const done = await sql<{ name: string }>`select name from ${sql.table(DEFAULT_MIGRATION_TABLE)} order by name`
    .execute(db)
    .catch(() => ({ rows: [] }));
  const names = Object.keys(migrations).sort();
  return names.length > 0 && names.length === done.rows.length && done.rows.every(({ name }, i) => name === names[i]);
}

/**
 * Opens (or makes) a SQLite store off the event loop, on one thread with all others, in WAL mode with `synchronous=FULL`: a transaction that resolved is on disk.
 * @param file path, or `:memory:`
 * @param migrations by name; names sort in the order they run, each in one transaction, each once
 * @param onDamage told when the file is found damaged while it is in use
 * @throws WaysideError `conflict` when another process has it, `storage-full`, `internal` when it is damaged or cannot be opened
 */
export async function openStore<Schema>(
  file: string,
  migrations: Record<string, Migration>,
  onDamage?: (error: Error) => void,
): Promise<Store<Schema>> {
  if (file !== ':memory:') await makeFolder(dirname(file));
  const opened = await openFile(file, onDamage);
  const db = new Kysely<Schema>({ dialect: dialectOf(opened) });
  const error = (await isUpToDate(db, migrations))
    ? undefined
    : (await new Migrator({ db, provider: { getMigrations: async () => migrations } }).migrateToLatest()).error;
  if (error) {
    await opened.close();
    if (error instanceof WaysideError) throw error;
    throw new WaysideError('internal', `The store ${file} could not be brought up to date: ${String(error)}`, { cause: error });
  }
  const aside = new AbortController();
  return {
    db,
    file,
    // The connection is held meanwhile, so that nobody else's transaction is open.
    bulk: (statements, given) => db.connection().execute(() => opened.runBulk(statements, given)),
    blobs: (select, params) => db.connection().execute(() => opened.readBlobs(select, params)),
    copyTo: opened.copyTo,
    salvage: (from, withinMs) => db.connection().execute(() => opened.salvage(from, withinMs)),
    async inspect() {
      const { rows } = await sql<{ quick_check: string }>`pragma quick_check(1)`.execute(db);
      const found = rows[0]?.quick_check ?? 'nothing was said';
      if (tellsDiskTrouble(found)) throw diskError(file, found);
      return found === 'ok' ? undefined : found;
    },
    async inspectAside() {
      const { inspectAside } = await import('./inspect-aside.ts');
      return inspectAside(db, file, aside.signal);
    },
    close: async () => {
      aside.abort();
      await db.destroy();
      await opened.close();
    },
  };
}
