import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { WaysideError } from '@wayside/protocol';
import { Kysely } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { dialectOf } from './dialect.ts';
import { openFile } from './thread.ts';
import type { Bulk } from './worker.ts';

export type { Bulk } from './worker.ts';

export type Store<Schema> = {
  readonly db: Kysely<Schema>;
  readonly file: string;
  /** Writes many rows by few statements, all or none, in one trip to the thread: what bulk data needs. Resolves when it is on disk. */
  bulk(statements: readonly Bulk[]): Promise<void>;
  close(): Promise<void>;
};

/**
 * Opens (or makes) a SQLite store off the event loop, on one thread with all others, in WAL mode with `synchronous=FULL`: a transaction that resolved is on disk.
 * @param file path, or `:memory:`
 * @param migrations by name; names sort in the order they run, each in one transaction, each once
 * @throws WaysideError `conflict` when another process has it, `storage-full`, `internal` when it is damaged or cannot be opened
 */
export async function openStore<Schema>(file: string, migrations: Record<string, Migration>): Promise<Store<Schema>> {
  if (file !== ':memory:') await mkdir(dirname(file), { recursive: true });
  const opened = await openFile(file);
  const db = new Kysely<Schema>({ dialect: dialectOf(opened) });
  const { error } = await new Migrator({ db, provider: { getMigrations: async () => migrations } }).migrateToLatest();
  if (error) {
    await opened.close();
    if (error instanceof WaysideError) throw error;
    throw new WaysideError('internal', `The store ${file} could not be brought up to date: ${String(error)}`, { cause: error });
  }
  return {
    db,
    file,
    // The connection is held meanwhile, so that nobody else's transaction is open.
    bulk: (statements) => db.connection().execute(() => opened.runBulk(statements)),
    close: async () => {
      await db.destroy();
      await opened.close();
    },
  };
}
