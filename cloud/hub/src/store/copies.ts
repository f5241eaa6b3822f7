import { copyFile, readdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { failpoint, makeFolder } from '@wayside/sqlite';
import { type HubConfig, logKeyFile } from '../config.ts';
import type { Log } from '../log.ts';
import { markSafe, reached, trustOlder } from '../sync/safe.ts';
import { copiesAreClean, erasedSinceCopy } from './erased-since.ts';
import type { HubStore } from './open.ts';

const kept = 3;
const lookMs = 60_000;

export type Copies = { start(): void; stop(): Promise<void> };

/**
 * Makes whole copies of the store, where a folder for them is set, and tells edges how far they may forget: what is in a copy survives the loss
 * of this disk. Without copies edges keep for some days what they told. A copy bears the name of the store and the time; to put one back, stop the
 * hub, lay it in the place of `hub.db` (and its `log-key` beside it) and start: the fleet sends what it lacks. Soon after somebody was erased a copy is
 * made, and all older ones go: they hold what was erased.
 */
export function createCopies(store: HubStore, config: HubConfig, now: () => number, log: Log): Copies {
  let timer: NodeJS.Timeout | undefined;
  let last: Promise<void> = Promise.resolve();
  const { copies: folder } = config;
  const everyMs = config.copyMinutes * 60_000;
  let next = now() + everyMs;

  async function copy(to: string): Promise<void> {
    await makeFolder(to, 0o700);
    const erased = await erasedSinceCopy(store.db);
    const streams = await reached(store.db);
    const file = join(to, `hub-${new Date(now()).toISOString().replaceAll(':', '-')}.db`);
    await rm(`${file}.new`, { force: true });
    await store.copyTo?.(`${file}.new`);
    await copyFile(logKeyFile(config), join(to, basename(logKeyFile(config))));
    await rename(`${file}.new`, file);
    failpoint('hub.copy.made');
    await markSafe(store.db, streams);
    failpoint('hub.copy.marked-safe');
    const all = (await readdir(to)).filter((name) => /^hub-.*\.db$/.test(name)).sort();
    for (const old of all.slice(0, erased === undefined ? -kept : -1)) await rm(join(to, old), { force: true });
    if (erased !== undefined) await copiesAreClean(store.db, erased);
    next = now() + everyMs;
  }

  async function look(): Promise<void> {
    if (folder === undefined) return trustOlder(store.db, now() - config.edgesKeepDays * 86_400_000);
    if (now() >= next || (await erasedSinceCopy(store.db)) !== undefined) await copy(folder);
  }
  const work = () =>
    look().catch((err) => log.error({ err: String(err) }, 'no copy of the store could be made; edges keep what they told'));

  function again(): void {
    timer = setTimeout(
      () => {
        last = work();
        void last.then(() => timer && again());
      },
      folder === undefined ? lookMs : Math.min(lookMs, everyMs),
    );
    timer.unref();
  }

  return {
    start: again,
    async stop() {
      clearTimeout(timer);
      timer = undefined;
      await last;
    },
  };
}
