import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { ReleaseList } from '@wayside/contract';
import { WaysideError } from '@wayside/protocol';
import { canonical } from '@wayside/record';
import type { UpdateStatus } from '../api/update-types.ts';
import { type Change, change, type Ground } from '../store/change.ts';
import { fileOf, freshMs, newest, type UpdateFile } from './files.ts';
import type { KeyRing } from './key-ring.ts';
import { keepTarget, targetText } from './wanted.ts';

/** What edges fetch of this hub beside their envelopes, so signed that they need not believe the hub (TUF). */
export type Updates = {
  /** The root, for an edge that begins to trust. */
  root(): Promise<string>;
  /** A file by its path: `3.root.json`, `timestamp.json`, `7.snapshot.json`, `9.targets.json` or `targets/packs/{sha256}.{fingerprint}`. */
  read(path: string): Promise<string>;
  /** @throws WaysideError `conflict` when this waits to be signed */
  mustBeSigned(here: Change, path: string): Promise<void>;
  /** Something new came that edges may have. */
  bringUp(here: Change): Promise<void>;
  /** A file of a release, by its SHA-256. @throws WaysideError `not-found` */
  file(sha256: string): Promise<{ bytes: number; stream: ReadableStream<Uint8Array> }>;
  /** A release whose files lie here; it waits to be signed. @throws WaysideError `not-found` when one does not lie here */
  addRelease(list: ReleaseList): Promise<void>;
  status(): Promise<UpdateStatus>;
  /** The keys (Ed25519, base64url) with which an operator speaks, and how many of them are needed. */
  operator(): Promise<{ keys: string[]; threshold: number }>;
  take(signed: { root?: string | undefined; targets?: string | undefined }): Promise<void>;
};

/** What signs is loaded at its first use. @param ring where the keys lie @param releases where the files of releases lie */
export function createUpdates(ground: Ground, ring: KeyRing, releases: string): Updates {
  const { db } = ground;
  const load = () => import('./repository.ts');
  const bringUp = async (here: Change) => (await load()).bringUp(here, ring);
  const rootNow = async (): Promise<UpdateFile> => {
    if (!(await newest(db, 'root'))) await change(ground, bringUp);
    return (await newest(db, 'root')) as UpdateFile;
  };
  // A fleet that asks at once is answered from what is there, until it is to be signed anew.
  const timestampNow = async (): Promise<UpdateFile | undefined> => {
    const file = await newest(db, 'timestamp');
    if (file && ground.now() - file.at < freshMs) return file;
    await change(ground, bringUp);
    return newest(db, 'timestamp');
  };
  return {
    root: async () => (await rootNow()).text,
    async read(path) {
      const numbered = /^(\d{1,15})\.(root|snapshot|targets)\.json$/.exec(path);
      const target = /^targets\/(\w+)\/([0-9a-f]{64})\.([\w.-]{1,200})$/.exec(path);
      const text = numbered
        ? await fileOf(db, numbered[2] as 'root', Number(numbered[1]))
        : target
          ? await targetText(db, `${target[1]}/${target[3]}`, target[2] as string)
          : path === 'timestamp.json'
            ? (await timestampNow())?.text
            : path === 'root.json'
              ? (await rootNow()).text
              : undefined;
      if (text === undefined) throw new WaysideError('not-found', `There is no ${path.slice(0, 120)} among the updates of this hub.`);
      return text;
    },
    async mustBeSigned(here, path) {
      await bringUp(here);
      if ((await load()).isListed(await newest(here.tx, 'targets'), path)) return;
      throw new WaysideError(
        'conflict',
        `${path} is not signed yet. Whoever keeps the keys signs it with “wayside updates sign”; then it can be rolled out.`,
      );
    },
    bringUp,
    async file(sha256) {
      const path = join(releases, sha256);
      const found = /^[0-9a-f]{64}$/.test(sha256) ? await stat(path).catch(() => undefined) : undefined;
      if (!found) throw new WaysideError('not-found', 'There is no such file of a release at this hub.');
      return { bytes: found.size, stream: Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array> };
    },
    async addRelease(list) {
      for (const { path, sha256, bytes } of list.files) {
        const size = await stat(join(releases, sha256)).then(
          (it) => it.size,
          () => -1,
        );
        if (size !== bytes)
          throw new WaysideError('not-found', `${path} does not lie at the hub. Offer the release on the hub’s own machine.`);
      }
      await change(ground, async (here) => {
        const { release, version, platform } = list;
        await keepTarget(here.tx, `releases/${release}`, canonical(list), { release, version, platform }, here.now);
        await bringUp(here);
      });
    },
    status: async () => (await load()).readStatus(ground, ring),
    operator: async () => (await load()).operatorOf((await rootNow()).text),
    take: async (signed) => (await load()).takeSigned(ground, ring, signed),
  };
}
