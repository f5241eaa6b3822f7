import { readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Log } from '../log.ts';
import type { Db } from '../store/schema.ts';
import { setAsideAt } from '../store/set-aside.ts';
import { enqueue } from '../sync/outbox.ts';

/** Why what was set aside goes: its time is over, or somebody who may be in it is erased. */
type Why = 'age' | 'erasure';
export type ForgetAside = (tx: Db, why: Why, goes: (setAsideAt: number) => boolean) => Promise<void>;

/**
 * Removes stores that were set aside as damaged. What could be read of one came over when it was; of the rest nobody can say whose words are in which
 * page, so that nothing less than the whole file is an erasure. The record says what went, in the caller's transaction; the files go before that is
 * committed, so that an erasure which is acknowledged has been.
 * @param files the stores as they are named when they are well
 * @throws what the disk says when a file cannot be removed
 */
export function createForgetAside(files: readonly string[], log: Log, now: () => number): ForgetAside {
  return async (tx, why, goes) => {
    for (const file of files) {
      const names = (await readdir(dirname(file))).filter((name) => {
        const at = setAsideAt(basename(file), name);
        return at !== undefined && goes(at);
      });
      if (names.length === 0) continue;
      const of = basename(file) === 'history.db' ? 'telemetry' : 'records';
      const detail = `set aside as damaged before, now removed: ${names.join(', ')}`.slice(0, 500);
      await enqueue(tx, 'gap', { of, reason: why, detail, at: Math.floor(now()) }, now());
      for (const name of names) await rm(join(dirname(file), name));
      log.warn({ files: names, why }, 'what was set aside as damaged is removed');
    }
  };
}
