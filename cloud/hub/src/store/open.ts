import { WaysideError } from '@wayside/protocol';
import { type HubConfig, storeFile } from '../config.ts';
import type { Others } from './change.ts';
import { openSound } from './open-sound.ts';
import type { Listen } from './postgres/listen.ts';
import type { Db } from './schema.ts';

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
 * @param onBroken told when a page of the file cannot be read while it is in use
 * @throws WaysideError `conflict`, `unavailable`, `storage-full`, `internal`
 */
export async function openHubStore(config: HubConfig, onBroken?: (error: Error) => void): Promise<HubStore> {
  if (config.database === undefined) return openSound(storeFile(config), config.copies, onBroken);
  if (config.copies !== undefined)
    throw new WaysideError(
      'invalid',
      'A hub makes copies of the store in its data folder only. Copy a database with its own tools, such as pg_basebackup.',
    );
  // Loaded only where it is used.
  const { openPostgres } = await import('./postgres/open.ts');
  return openPostgres(config.database);
}
