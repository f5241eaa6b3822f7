import { lstat, readdir, readFile, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** What is wrong with a pack: the file within it, the path inside that file (with its line where known), and what to do. */
export type PackProblem = { file: string; at: string; problem: string };
export type Report = (file: string, at: string, problem: string) => void;

export const maxFileBytes = 1024 * 1024;
/** As of the pictures of articles: an edge shows both on the same small screens. */
export const maxPictureBytes = 512 * 1024;
export const maxFiles = 2_000;

/**
 * Every regular file below a folder that is fit to be read, as paths with `/` within it.
 * What is too large, too many, a link out of the folder or no file at all is reported and left out.
 */
export async function listFiles(dir: string, report: Report): Promise<Set<string>> {
  const found = new Set<string>();
  const root = await realpath(dir);
  let seen = 0;
  const walk = async (folder: string): Promise<void> => {
    const entries = await readdir(join(root, folder), { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (++seen > maxFiles) return;
      if (entry.isDirectory()) await walk(path);
      else if (await isFit(root, path, report)) found.add(path);
    }
  };
  await walk('');
  if (seen > maxFiles) report('.', '', `holds more than ${maxFiles} files: split it into families, or take out what is not knowledge`);
  return found;
}

async function isFit(root: string, path: string, report: Report): Promise<boolean> {
  const target = await realpath(join(root, path)).catch(() => undefined);
  if (target === undefined || !target.startsWith(root + sep)) {
    report(path, '', 'is a link out of the pack folder: copy the file into the pack instead');
    return false;
  }
  const stat = await lstat(target);
  if (!stat.isFile()) {
    report(path, '', 'is not a plain file: replace it with one');
    return false;
  }
  if (stat.size > maxFileBytes) {
    report(path, '', `is ${stat.size} bytes and at most ${maxFileBytes} are read: shorten or split it`);
    return false;
  }
  if (path.startsWith('pictures/') && stat.size > maxPictureBytes) {
    report(path, '', `is ${stat.size} bytes and a picture has at most ${maxPictureBytes}: draw it as SVG, or make it smaller`);
    return false;
  }
  return true;
}

/** A UTF-8 file's text, or undefined when it is missing or is not UTF-8 (reported). */
export async function readText(dir: string, file: string, report: Report): Promise<string | undefined> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(join(dir, file)));
  } catch (error) {
    report(
      file,
      '',
      error instanceof TypeError ? 'is not UTF-8 text: save it as UTF-8' : 'cannot be read: check that it is there and readable',
    );
    return undefined;
  }
}
