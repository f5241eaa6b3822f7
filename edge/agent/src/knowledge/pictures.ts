import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pictureHash, pictureTypeOf } from '@wayside/contract';
import { WaysideError } from '@wayside/protocol';
import type { Log } from '../log.ts';
import type { Db } from '../store/schema.ts';
import type { HubDoor } from '../sync/hub.ts';

export type Pictures = ReturnType<typeof createPictures>;

/** The pictures of the hub's articles, as files of this edge named by their hash: brought while there is a hub, shown without one. */
export function createPictures({ db, folder, hub, log }: { db: Db; folder: string; hub: Pick<HubDoor, 'picture'> | undefined; log: Log }) {
  let due = true;
  let bringing: Promise<void> | undefined;
  const over = new AbortController();
  return {
    /** An article came or went: what it shows is brought, or thrown away, when the hub is next heard. */
    look(): void {
      due = true;
    },
    /** What cannot be had now is tried again the next time. */
    bring(): void {
      if (!due || bringing || !hub || over.signal.aborted) return;
      due = false;
      bringing = import('./bring-pictures.ts')
        .then(({ bringPictures }) => bringPictures(db, folder, hub, log, over.signal))
        .catch((err: Error) => {
          due = true;
          if (over.signal.aborted) return;
          log.warn({ err: err.message }, 'pictures of articles could not be brought; it is tried again');
        })
        .finally(() => {
          bringing = undefined;
        });
    },
    /** What is under way is left; it is brought at the next start. */
    stop: () => over.abort(),
    /** @throws WaysideError `not-found` also where it has not come yet */
    async read(hash: string): Promise<{ type: string; body: Uint8Array<ArrayBuffer> }> {
      const body = pictureHash.safeParse(hash).success ? await readFile(join(folder, hash)).catch(() => undefined) : undefined;
      const type = body && pictureTypeOf(body);
      if (!type) throw new WaysideError('not-found', 'There is no such picture here.');
      return { type, body: new Uint8Array(body) };
    },
  };
}
