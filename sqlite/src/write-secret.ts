import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolder } from './make-folder.ts';

/**
 * Writes a file beside a store that only its owner may read. It is written under another name and renamed, so that a crash leaves the old one or the new
 * one whole; on disk, name and all, when it resolves.
 */
export async function writeSecret(file: string, text: string): Promise<void> {
  const folder = dirname(file);
  await makeFolder(folder, 0o700);
  const fresh = await open(`${file}.new`, 'w', 0o600);
  try {
    await fresh.writeFile(text);
    await fresh.sync();
  } finally {
    await fresh.close();
  }
  await rename(`${file}.new`, file);
  await syncFolder(folder);
}

/** Has on disk what the files of a folder are called. Where folders cannot be synced (Windows), the file system sees to it. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => {});
  await handle?.close();
}
