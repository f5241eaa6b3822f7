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
