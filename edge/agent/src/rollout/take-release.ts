import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { releaseList } from '@wayside/contract';
import { check, WaysideError } from '@wayside/protocol';
import type { HubDoor } from '../sync/hub.ts';

/** After so long a call ends with what it has; the next goes on from there. */
const perCallMs = 20_000;

export type ReleaseTaken = { folder: string; files: number; fetched: number; done: boolean };

/**
 * Fetches a release of the agent into a folder of its own, file by file, each by the length and hash that its operator signed. Nothing runs otherwise
 * afterwards: whoever owns the machine switches. Called again until it is done.
 * @param wanted as `wayside release offer` named it
 * @throws WaysideError `invalid` for another machine's, or a file that is not the one that was signed; `not-found` when nobody signed it; what the hub throws
 */
export async function takeRelease(
  wanted: string,
  parts: {
    data: string;
    platform: string;
    hub: Pick<HubDoor, 'update'>;
    fetchVerified(path: string): Promise<Buffer>;
    monotonic: () => number;
  },
): Promise<ReleaseTaken> {
  const { release, platform, files } = check(
    releaseList,
    JSON.parse((await parts.fetchVerified(`releases/${wanted}`)).toString()),
    'release',
  );
  if (release !== wanted) throw new WaysideError('invalid', `What was signed under ${wanted} is ${release}.`);
  if (platform !== parts.platform) throw new WaysideError('invalid', `${release} is for ${platform}; this machine is ${parts.platform}.`);
  const folder = join(parts.data, 'releases', release);
  if (await isFolder(folder)) return { folder, files: files.length, fetched: files.length, done: true };
  const coming = `${folder}.coming`;
  const began = parts.monotonic();
  let fetched = 0;
  for (const file of files) {
    const path = join(coming, file.path);
    if (!(await isThis(path, file))) {
      if (parts.monotonic() - began > perCallMs) return { folder, files: files.length, fetched, done: false };
      await fetchFile(path, file, parts.hub);
    }
    fetched++;
  }
  await rename(coming, folder);
  return { folder, files: files.length, fetched, done: true };
}

type File = { path: string; sha256: string; bytes: number; runs?: true | undefined };

async function fetchFile(path: string, { path: name, sha256, bytes, runs }: File, hub: Pick<HubDoor, 'update'>): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const hash = createHash('sha256');
  let length = 0;
  const wrong = new WaysideError('invalid', `What the hub gives as ${name} is not the file that was signed.`);
  const measure = new Transform({
    transform(chunk: Buffer, _, done) {
      length += chunk.length;
      hash.update(chunk);
      done(length > bytes ? wrong : null, chunk);
    },
  });
  try {
    await pipeline(await hub.update(`files/${sha256}`), measure, createWriteStream(path));
    if (length !== bytes || hash.digest('hex') !== sha256) throw wrong;
    if (runs) await chmod(path, 0o755);
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

/** Is the file here already, from a call before? */
async function isThis(path: string, { sha256, bytes }: File): Promise<boolean> {
  const size = await stat(path).then(
    (it) => it.size,
    () => -1,
  );
  if (size !== bytes) return false;
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex') === sha256;
}

const isFolder = (path: string) =>
  stat(path).then(
    (it) => it.isDirectory(),
    () => false,
  );
