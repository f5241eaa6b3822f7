import { statfs } from 'node:fs/promises';
import type { Status } from './api/types.ts';

/** Below so many free bytes the disk is low, or full. */
const low = 500 * 2 ** 20;
const full = 20 * 2 ** 20;

/** Free space where the edge keeps its memory. */
export async function diskState(folder: string): Promise<Status['disk']> {
  const { bavail, bsize } = await statfs(folder);
  const freeBytes = bavail * bsize;
  return { freeBytes, state: freeBytes < full ? 'full' : freeBytes < low ? 'low' : 'ok' };
}
