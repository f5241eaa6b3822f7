import { setTimeout as pause } from 'node:timers/promises';
import { WaysideError } from '@wayside/protocol';
import { asStorageFull } from './sources/source-context.ts';

/** SQLite's result code for a lock that somebody else holds (sqlite.org/rescode.html). */
const busy = 5;
/** How often one who waits looks again, in milliseconds. */
const lookAgainMs = 250;

/**
 * Takes the lock `file` for this process, or returns undefined when it is held. The lock is one of the operating
 * system's, through SQLite, which knows how to ask each system for it: a process that is killed loses it in that moment
 * and one that is stopped or slow keeps it, whatever the clock says. The file stays behind empty and means nothing.
 */
async function hold(file: string): Promise<(() => void) | undefined> {
  const { DatabaseSync } = await import('node:sqlite');
  const lock = new DatabaseSync(file, { timeout: 0 });
  try {
    lock.exec('begin exclusive');
    return () => lock.close();
  } catch (cause) {
    lock.close();
    if ((cause as { errcode?: number }).errcode === busy) return undefined;
    const full = asStorageFull(cause);
    if (full) throw full;
    throw new WaysideError('unavailable', `${file} cannot be locked. Set XDG_CACHE_HOME to a folder on a disk of this machine.`, { cause });
  }
}

/**
 * Runs `work` while no other process runs its own under the same lock. Whoever waited takes what `done` then finds, so
 * that the work is done once. Rejects when `signal` aborts the wait.
 */
export async function alone<T>(file: string, done: () => T | undefined, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  for (;;) {
    const release = await hold(file);
    if (release) {
      try {
        return done() ?? (await work());
      } finally {
        release();
      }
    }
    await pause(lookAgainMs, undefined, { signal });
    const theirs = done();
    if (theirs !== undefined) return theirs;
  }
}
