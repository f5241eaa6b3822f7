import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listFiles } from './files.ts';

/** What an installed pack carries beside its own files; no part of it. */
export const receiptName = 'receipt.json';

/** The files of a pack folder that are fit to be read, as paths with `/` within it, in order. */
export async function packFiles(dir: string): Promise<string[]> {
  const files = await listFiles(dir, () => {});
  files.delete(receiptName);
  return [...files].sort();
}

/** SHA-256, in hex, over the names and contents of a pack's files: the same folder gives the same, and one changed byte another. */
export async function fingerprintOf(dir: string): Promise<string> {
  const whole = createHash('sha256');
  for (const file of await packFiles(dir)) {
    const content = createHash('sha256').update(await readFile(join(dir, file)));
    whole.update(`${file}\0${content.digest('hex')}\n`);
  }
  return whole.digest('hex');
}
