import { rename, stat } from 'node:fs/promises';
import { WaysideError } from '@wayside/protocol';

/** Of these, none is cured by a new file. */
const notItsFault = new Set(['conflict', 'storage-full', 'unavailable']);

/** Is a file to blame for this error, rather than the disk or who else uses it? */
export const isItsFault = (error: unknown): boolean => !(error instanceof WaysideError && notItsFault.has(error.code));

/**
 * Moves a store out of the way, under its name and the time, with all that belongs to it: nothing in it is lost.
 * @returns where it lies now
 */
export async function setAside(file: string, now: number): Promise<string> {
  const aside = asideOf(file, now);
  await rename(file, aside);
  await setLogAside(file, now);
  return aside;
}

const asideOf = (file: string, now: number): string => `${file}.damaged-${new Date(now).toISOString().replaceAll(':', '-')}`;

/**
 * When a file was set aside, ms; undefined for one that was not.
 * @param store the name of the store when it was well
 */
export function setAsideAt(store: string, name: string): number | undefined {
  if (!name.startsWith(`${store}.damaged-`)) return undefined;
  const at = Date.parse(
    name
      .slice(`${store}.damaged-`.length)
      .replace(/-wal$/, '')
      .replace(/T(\d\d)-(\d\d)-/, 'T$1:$2:'),
  );
  // Of a name nobody can read a time from it is only known that it is old.
  return Number.isNaN(at) ? 0 : at;
}

/** Moves a store's log out of the way, if it has one. */
export async function setLogAside(file: string, now: number): Promise<void> {
  await rename(`${file}-wal`, `${asideOf(file, now)}-wal`).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'ENOENT') throw cause;
  });
}

/** How large a file is, bytes; 0 when it is not there. */
export const sizeOf = (file: string): Promise<number> =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  );
