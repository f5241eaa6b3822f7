import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { WaysideError } from '@wayside/protocol';
import { maxFileBytes, maxFiles } from './files.ts';
import { packFiles } from './fingerprint.ts';

/** A pack's files as they travel: content in base64, by path within the pack. */
export type Bundle = Record<string, string>;

export const maxBundleBytes = 8 * 1024 * 1024;
const path = /^[\w.-]+(\/[\w.-]+)*$/;

/** The files of a pack folder. @throws WaysideError `too-large` */
export async function bundleOf(dir: string): Promise<Bundle> {
  const files = await Promise.all(
    (await packFiles(dir)).map(async (file) => [file, (await readFile(join(dir, file))).toString('base64')] as const),
  );
  const bundle = Object.fromEntries(files);
  checkSize(bundle);
  return bundle;
}

/**
 * Lays a bundle out in a folder, which holds nothing yet. No name in it leads out of the folder.
 * @throws WaysideError `invalid` for such a name, `too-large`
 */
export async function layOut(bundle: Bundle, dir: string): Promise<void> {
  checkSize(bundle);
  for (const name of Object.keys(bundle)) {
    if (name.length > 200 || !path.test(name) || name.split('/').some((part) => /^\.+$/.test(part)))
      throw new WaysideError(
        'invalid',
        `${JSON.stringify(name).slice(0, 80)} cannot be a file of a pack: use letters, digits and . _ - alone.`,
      );
  }
  const folders = new Set(Object.keys(bundle).flatMap(foldersOf));
  const both = Object.keys(bundle).find((name) => folders.has(name));
  if (both !== undefined)
    throw new WaysideError(
      'invalid',
      `${JSON.stringify(both).slice(0, 80)} is both a file and a folder of this pack: keep one of the two.`,
    );
  for (const [name, content] of Object.entries(bundle)) {
    await mkdir(dirname(join(dir, name)), { recursive: true });
    await writeFile(join(dir, name), Buffer.from(content, 'base64'), { flag: 'wx' });
  }
}

/** The folders that a file's path goes through. */
const foldersOf = (name: string): string[] => [...name.matchAll(/\//g)].map(({ index }) => name.slice(0, index));

function checkSize(bundle: Bundle): void {
  const sizes = Object.values(bundle).map((content) => Math.floor((content.length * 3) / 4));
  const whole = sizes.reduce((sum, size) => sum + size, 0);
  if (sizes.length > maxFiles || whole > maxBundleBytes || sizes.some((size) => size > maxFileBytes + 2))
    throw new WaysideError(
      'too-large',
      `A pack that travels has at most ${maxFiles} files of ${maxFileBytes / 2 ** 20} MiB, and ${maxBundleBytes / 2 ** 20} MiB in all. Leave recordings out.`,
    );
}
