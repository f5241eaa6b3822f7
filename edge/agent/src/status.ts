import { statfs } from 'node:fs/promises';
import type { Status } from './api/types.ts';

/** Below so many free bytes the disk is low. */
const low = 500 * 2 ** 20;
/** Above what is held back for a full disk (`ballastMiB`): with that given up it is full, whatever is free. */
const full = 64 * 2 ** 20;

/** Free space where the edge keeps its memory. */
export async function diskState(folder: string): Promise<Status['disk']> {
  const { bavail, bsize } = await statfs(folder);
  const freeBytes = bavail * bsize;
  return { freeBytes, state: freeBytes < full ? 'full' : freeBytes < low ? 'low' : 'ok' };
}
