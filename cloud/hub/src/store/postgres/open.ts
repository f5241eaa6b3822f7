import { newId, WaysideError } from '@wayside/protocol';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { migrationsIn } from '../migrations.ts';
import type { HubStore } from '../open.ts';
import type { Schema } from '../schema.ts';
import { listen } from './listen.ts';
import { createOthers } from './others.ts';
import { createPool } from './pool.ts';
import { words } from './words.ts';

/** More would only wait for each other at the database. */
const mostConnections = 10;

/**
 * Opens a PostgreSQL database as the store of this hub and of any others; its tables are in the schema `main`, as SQLite calls its own. Whoever
 * comes first makes them; the rest wait.
 * @throws WaysideError `unavailable`, `internal` when it cannot be brought up to date
 */
export async function openPostgres(url: string): Promise<HubStore> {
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: createPool(url, mostConnections, () => {}) }) });
  try {
    await sql`select 1`.execute(db);
    const migrations = {
      '000-words': {
        up: async (to: Kysely<never>) => {
          for (const word of words) await sql.raw(word).execute(to);
        },
      },
      ...migrationsIn('postgres'),
    };
    const { error } = await new Migrator({
      db,
      provider: { getMigrations: async () => migrations },
      migrationTableSchema: 'main',
    }).migrateToLatest();
    if (error)
      throw error instanceof WaysideError
        ? error
        : new WaysideError('internal', `The database could not be brought up to date: ${String(error)}`, { cause: error });
  } catch (error) {
    await db.destroy();
    throw error;
  }
  const hub = newId('hub', Date.now());
  return { db, shared: { others: createOthers(hub), hub, listen: (heard) => listen(url, heard) }, close: () => db.destroy() };
}
