import { createHash } from 'node:crypto';
import { createReadStream, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, open, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, sep } from 'node:path';
import { WaysideError } from '@wayside/protocol';
import { type ModelEntry, modelEntry } from './catalog.ts';

/**
 * Where every clone of this user keeps its models: `$XDG_CACHE_HOME/wayside/models`, else `~/.cache/wayside/models`
 * (XDG Base Directory Specification 0.8: a value that is not absolute is ignored).
 */
export function defaultCacheRoot(env: Record<string, string | undefined> = process.env): string {
  const base = env.XDG_CACHE_HOME?.startsWith('/') ? env.XDG_CACHE_HOME : join(homedir(), '.cache');
  return join(base, 'wayside', 'models');
}

/** SHA-256 of a file in hex. `onProgress` gets the bytes read so far. */
export async function hashFile(path: string, onProgress?: (bytes: number) => void): Promise<string> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    hash.update(chunk as Buffer);
    bytes += (chunk as Buffer).length;
    onProgress?.(bytes);
  }
  return hash.digest('hex');
}

/**
 * The models on this disk, one folder per SHA-256. A file stands at its place only after its hash was verified, by one
 * rename; beside it a seal notes its size and change time as they were then. A file whose seal does not match is not
 * used until it is verified again.
 */
export function openCache(root: string) {
  // Asked for often, and in order already: `join` would look at each letter.
  const folder = (sha256: string) => `${root}${sep}sha256-${sha256}`;
  const pathOf = (entry: ModelEntry) => `${folder(entry.sha256)}${sep}${entry.file}`;
  const seal = (entry: ModelEntry) => `${folder(entry.sha256)}${sep}verified`;
  const sealText = (found: { size: number; mtimeMs: number }) => `${found.size} ${found.mtimeMs}\n`;

  /** The path of a verified, unchanged file; undefined otherwise. Two `stat`-sized reads; safe to call often. */
  function resolve(entry: ModelEntry): string | undefined {
    try {
      const found = statSync(pathOf(entry));
      return found.size === entry.bytes && readFileSync(seal(entry), 'utf8') === sealText(found) ? pathOf(entry) : undefined;
    } catch {
      return undefined;
    }
  }

  /** Hashes the file at its place. Seals it when it is right, breaks the seal when not. */
  async function verify(entry: ModelEntry, onProgress?: (bytes: number) => void): Promise<'present' | 'absent' | 'corrupt'> {
    const found = await stat(pathOf(entry)).catch(() => undefined);
    if (!found) return 'absent';
    if (found.size === entry.bytes && (await hashFile(pathOf(entry), onProgress)) === entry.sha256) {
      if (!resolve(entry)) await writeFile(seal(entry), sealText(found));
      return 'present';
    }
    await rm(seal(entry), { force: true });
    return 'corrupt';
  }

  /** Takes a finished download in: verifies it, then moves it to its place. Throws `model-corrupt` and deletes it when it is not the file. */
  async function admit(entry: ModelEntry, partial: string): Promise<string> {
    const found = await stat(partial);
    const sha256 = found.size === entry.bytes ? await hashFile(partial) : undefined;
    if (sha256 !== entry.sha256) {
      await rm(partial, { force: true });
      const got =
        sha256 === undefined
          ? `${found.size} bytes instead of ${entry.bytes}`
          : `SHA-256 ${sha256.slice(0, 12)}… instead of ${entry.sha256.slice(0, 12)}…`;
      throw new WaysideError('model-corrupt', `What arrived is not ${entry.id}: ${got}. It was thrown away.`);
    }
    const file = await open(partial, 'r');
    await file.sync();
    await file.close();
    await mkdir(folder(entry.sha256), { recursive: true });
    await rename(partial, pathOf(entry));
    await writeFile(seal(entry), sealText(await stat(pathOf(entry))));
    return pathOf(entry);
  }

  /** The folder an unfinished download of this file lives in, whoever works on it. */
  const workshop = (entry: ModelEntry) => join(root, 'partial', `sha256-${entry.sha256}`);

  return {
    root,
    pathOf,
    resolve,
    verify,
    admit,
    workshop,
    /** Removes the file and anything begun of it; true when there was something. */
    remove: async (entry: ModelEntry): Promise<boolean> => {
      const was = await stat(folder(entry.sha256)).then(
        () => true,
        () => false,
      );
      await rm(folder(entry.sha256), { recursive: true, force: true });
      await rm(workshop(entry), { recursive: true, force: true });
      return was;
    },
    /** Notes beside a file what it is, for a model no catalog knows. */
    note: async (entry: ModelEntry): Promise<void> => {
      await mkdir(folder(entry.sha256), { recursive: true });
      const temporary = join(folder(entry.sha256), `model.${process.pid}.tmp`);
      await writeFile(temporary, `${JSON.stringify(entry, undefined, 2)}\n`);
      await rename(temporary, join(folder(entry.sha256), 'model.json'));
    },
    /** The models noted here. A note that cannot be read is passed over: its file is then simply not known. */
    noted: (): ModelEntry[] => {
      let names: string[];
      try {
        names = readdirSync(root).filter((name) => name.startsWith('sha256-'));
      } catch {
        return [];
      }
      return names.flatMap((name) => {
        try {
          const read = modelEntry.safeParse(JSON.parse(readFileSync(`${root}/${name}/model.json`, 'utf8')));
          return read.success && name === `sha256-${read.data.sha256}` ? [read.data] : [];
        } catch {
          return [];
        }
      });
    },
    /** Bytes a user may still write on the cache's disk; undefined where the system does not say. */
    free: (): Promise<number | undefined> =>
      statfs(root).then(
        (found) => found.bavail * found.bsize,
        () => undefined,
      ),
  };
}

export type ModelCache = ReturnType<typeof openCache>;
