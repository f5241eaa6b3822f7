import { PostgresAdapter } from 'kysely';
import type { Db } from './schema.ts';

/** For the few statements that have nothing in common in SQLite and PostgreSQL. */
export const isPostgres = (db: Db): boolean => db.getExecutor().adapter instanceof PostgresAdapter;
