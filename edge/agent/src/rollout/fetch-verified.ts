import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ReadableStream as Streams } from 'node:stream/web';
import { WaysideError } from '@wayside/protocol';
import { BaseFetcher, Updater } from 'tuf-js';
import { DownloadHTTPError } from 'tuf-js/dist/error.js';
import { type HubDoor, HubRefused } from '../sync/hub.ts';

type Parts = {
  /** The edge's data folder. */
  data: string;
  hub: Pick<HubDoor, 'update'>;
  /** The root this edge trusts, from its enrolment. */
  root: string;
};

type Stream = ReadableStream<Uint8Array<ArrayBuffer>>;

/** Never asked: what follows it is asked of the hub by its own link. */
const base = 'https://hub.invalid/';

/**
 * Fetches what the hub's operator signed, as the client workflow of TUF 1.0 (§5) has it: newer roots one by one, timestamp, snapshot, list, then the
 * file itself by length and hash. What was seen once is kept, so that nothing older is believed later.
 * @param path of the target, such as `packs/{fingerprint}`
 * @param mostBytes it may have
 * @throws WaysideError `invalid` when something is not signed as it must be, older than what was seen, or out of date; `not-found` when the operator
 * signed no such target; `too-large`; whatever the hub throws when it is away
 */
export async function fetchVerified(path: string, mostBytes: number, { data, hub, root }: Parts): Promise<Buffer> {
  const metadataDir = await trustedFolder(data, root);
  const file = join(metadataDir, 'coming');
  const fetcher = new HubFetcher(hub);
  try {
    const updater = new Updater({
      metadataDir,
      metadataBaseUrl: base,
      targetBaseUrl: `${base}targets`,
      fetcher,
      config: { maxRootRotations: 256 },
    });
    const target = await updater.getTargetInfo(path);
    if (!target) throw new WaysideError('not-found', `Nobody signed ${path} at this hub: it is not taken.`);
    if (target.length > mostBytes) throw new WaysideError('too-large', `${path} is larger than ${mostBytes} bytes: it is not taken.`);
    await updater.downloadTarget(target, file);
    return await readFile(file);
  } catch (error) {
    throw fetcher.failure ?? reasonOf(error as Error);
  } finally {
    await fetcher.end();
    await rm(file, { force: true });
  }
}

/** The newest root that follows from the one this edge trusts: of the hub when it is there, else as it was seen last. */
export async function newestRoot({ data, hub, root }: Parts): Promise<string> {
  const metadataDir = await trustedFolder(data, root);
  const fetcher = new HubFetcher(hub);
  // What comes after the root may be out of date, or older than what was seen, at a hub that was put back: the root is kept before.
  await new Updater({ metadataDir, metadataBaseUrl: base, fetcher }).refresh().catch(() => {});
  await fetcher.end();
  return readFile(join(metadataDir, 'root.json'), 'utf8');
}

/**
 * A folder for each root that was trusted at an enrolment: what is known of one hub says nothing of another. What a power cut tore begins anew from the
 * root that lies in the store.
 */
async function trustedFolder(data: string, root: string): Promise<string> {
  const folder = join(data, 'updates', createHash('sha256').update(root).digest('hex').slice(0, 16));
  const newest = join(folder, 'root.json');
  const isWhole = await readFile(newest, 'utf8')
    .then((text) => JSON.parse(text) as unknown)
    .then(
      () => true,
      () => false,
    );
  if (!isWhole) {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    await writeFile(`${newest}.new`, root);
    await rename(`${newest}.new`, newest);
  }
  return folder;
}

function reasonOf(error: Error): Error {
  if (error instanceof WaysideError) return error;
  if (/expired/i.test(error.message))
    return new WaysideError(
      'invalid',
      `What the hub says of its updates is out of date (${error.message}), and nothing newer is to be had. What is here goes on; is the clock of this machine right?`,
      { cause: error },
    );
  return new WaysideError('invalid', `What the hub gives is not signed as it must be, and is not taken: ${error.message}.`, {
    cause: error,
  });
}

/** By the edge's own link. Whether a fetch failed on the way, or what came was wrong, is told apart here. */
class HubFetcher extends BaseFetcher {
  failure: unknown;
  private readonly hub: Pick<HubDoor, 'update'>;
  private last: Stream | undefined;

  constructor(hub: Pick<HubDoor, 'update'>) {
    super();
    this.hub = hub;
  }

  async fetch(url: string): Promise<Stream> {
    await this.end();
    try {
      const stream = Streams.from(this.watch(await this.hub.update(url.slice(base.length)))) as unknown as Stream;
      this.last = stream;
      return stream;
    } catch (error) {
      if (error instanceof HubRefused && error.status === 404) throw new DownloadHTTPError('the hub has no such file', 404);
      this.failure = error;
      throw error;
    }
  }

  private async *watch(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      yield* stream;
    } catch (error) {
      this.failure = error;
      throw error;
    }
  }

  /** What sends without an end is not read on. */
  async end(): Promise<void> {
    await this.last?.cancel().catch(() => {});
    this.last = undefined;
  }
}
