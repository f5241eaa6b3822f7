import { createHash } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pictureLimits, picturesIn, pictureTypeOf } from '@wayside/contract';
import type { Log } from '../log.ts';
import type { Db } from '../store/schema.ts';
import type { HubDoor } from '../sync/hub.ts';

/** All pictures of an edge together, bytes; of those that have no room the words are shown. */
export const roomForPictures = 64 * 1024 * 1024;

/** Brings what the hub's articles show and is not here, and throws away what none shows any more. @throws when the hub does not answer */
export async function bringPictures(
  db: Db,
  folder: string,
  hub: Pick<HubDoor, 'picture'>,
  log: Log,
  signal: AbortSignal,
  room = roomForPictures,
): Promise<void> {
  const wanted = await wantedBy(db);
  const here = await readdir(folder).catch(() => []);
  for (const name of here) if (!wanted.has(name)) await rm(join(folder, name), { force: true });
  if (wanted.size === 0) return;
  await mkdir(folder, { recursive: true });
  let used = 0;
  for (const hash of wanted) {
    if (signal.aborted) return;
    const file = join(folder, hash);
    const known = await stat(file).catch(() => undefined);
    if (!known && used + pictureLimits.bytes > room) {
      log.warn({ picture: hash }, 'there is no room for this picture; its words are shown');
      continue;
    }
    used += known?.size ?? (await bring(hash, file, hub, log, signal));
  }
}

async function wantedBy(db: Db): Promise<Set<string>> {
  const rows = await db
    .selectFrom('article')
    .select('body')
    .where('origin', '=', 'hub')
    .where('body', 'like', '%](sha256:%')
    .orderBy('id')
    .execute();
  return new Set(rows.flatMap(({ body }) => picturesIn(body).map(({ hash }) => hash)));
}

/** @returns how many bytes it took: none when the hub gave something else */
async function bring(hash: string, file: string, hub: Pick<HubDoor, 'picture'>, log: Log, signal: AbortSignal): Promise<number> {
  const bytes = await hub.picture(hash);
  if (signal.aborted) return 0;
  if (!bytes) {
    log.warn({ picture: hash }, 'the hub does not have this picture; its words are shown');
    return 0;
  }
  const is = createHash('sha256').update(bytes).digest('hex');
  if (is !== hash || bytes.length > pictureLimits.bytes || !pictureTypeOf(bytes)) {
    log.warn({ picture: hash }, 'what came from the hub is not this picture; its words are shown');
    return 0;
  }
  // Whole or not at all, also when the power goes.
  const fresh = `${file}.new`;
  await writeFile(fresh, bytes, { flush: true });
  await rename(fresh, file);
  return bytes.length;
}
