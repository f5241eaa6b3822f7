import { WaysideError } from '@wayside/protocol';
import { openStore } from '@wayside/sqlite';
import { type HubConfig, storeFile } from '../config.ts';
import type { Others } from './change.ts';
import { migrationsIn } from './migrations.ts';
import type { Listen } from './postgres/listen.ts';
import type { Db, Schema } from './schema.ts';

/** What a hub remembers in: a file beside it, or a database that several hubs share. */
export type HubStore = {
  readonly db: Db;
  /** A whole copy in a file, where the store is one. */
  readonly copyTo?: (file: string) => Promise<void>;
  /** Where several hubs share the store. */
  readonly shared?: { readonly others: Omit<Others, 'here'>; readonly hub: string; readonly listen: Listen };
  close(): Promise<void>;
};

/**
 * Opens the store the settings name, and brings it up to date.
 * @throws WaysideError `conflict`, `unavailable`, `storage-full`, `internal`
 */
export async function openHubStore(config: HubConfig): Promise<HubStore> {
  if (config.database === undefined) return openStore<Schema>(storeFile(config), migrationsIn('sqlite'));
  if (config.copies !== undefined)
    throw new WaysideError(
      'invalid',
      'A hub makes copies of the store in its data folder only. Copy a database with its own tools, such as pg_basebackup.',
    );
  // Loaded only where it is used.
  const { openPostgres } = await import('./postgres/open.ts');
  return openPostgres(config.database);
}
