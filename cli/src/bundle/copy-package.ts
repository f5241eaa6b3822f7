import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { isLicence, type Platform, whyLeftOut } from './leave-out.ts';
import type { Installed } from './packages.ts';

/** What was not taken along and why: files and bytes of each reason. */
export type LeftOut = Map<string, { files: number; bytes: number }>;

/** Every file below a folder, as paths in it; those of packages nested in it are packages of their own. */
export const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();

export function copyFile(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}

/** Copies what of a package runs on `platform` to `to`, and counts the rest in `leftOut`. */
export function copyPackage({ name, folder }: Installed, to: string, platform: Platform, leftOut: LeftOut): void {
  const own = filesIn(folder).filter((path) => !path.split('/').includes('node_modules'));
  const whys = new Map(own.map((path) => [path, whyLeftOut(name, path, platform)]));
  // A package of which nothing but its licence and its name would be left is not needed here.
  const empty = own.every((path) => whys.get(path) !== undefined || isLicence(path) || path === 'package.json');
  for (const [path, why] of whys) {
    const reason = why ?? (empty ? 'other platforms' : undefined);
    if (reason === undefined) {
      copyFile(join(folder, path), join(to, path));
      continue;
    }
    const before = leftOut.get(reason) ?? { files: 0, bytes: 0 };
    leftOut.set(reason, { files: before.files + 1, bytes: before.bytes + statSync(join(folder, path)).size });
  }
}

/** The texts a package asks to be kept, by name. */
export const licenceTexts = (folder: string): { path: string; text: string }[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && isLicence(entry.name))
    .map((entry) => ({ path: entry.name, text: readFileSync(join(folder, entry.name), 'utf8') }));
