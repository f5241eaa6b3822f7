import { rename } from 'node:fs/promises';
import { WaysideError } from '@wayside/protocol';
import type { Log } from '../log.ts';

/** Of these, none is cured by a new file. */
const notItsFault = new Set(['conflict', 'storage-full', 'unavailable']);

/**
 * Opens a store that the edge can do without. One that will not open is moved aside under its name and the time, so that nothing
 * in it is lost, and a new one takes its place: what people say and are told does not wait for old telemetry.
 * @throws what `open` throws when the file is not to blame, or cannot be moved
 */
export async function openOrSetAside<S>(file: string, open: (file: string) => Promise<S>, log: Log, now: () => number): Promise<S> {
  try {
    return await open(file);
  } catch (error) {
    if (error instanceof WaysideError && notItsFault.has(error.code)) throw error;
    const aside = `${file}.damaged-${new Date(now()).toISOString().replaceAll(':', '-')}`;
    try {
      await rename(file, aside);
      await rename(`${file}-wal`, `${aside}-wal`).catch((cause: NodeJS.ErrnoException) => {
        if (cause.code !== 'ENOENT') throw cause;
      });
    } catch {
      throw error;
    }
    log.error(
      { err: (error as Error).message, file, aside },
      'telemetry history could not be opened: it is set aside, and a new one begins',
    );
    return open(file);
  }
}
