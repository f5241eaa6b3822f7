import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/** An installed package: its name, its version, its folder, and what its author says it may be used under. */
export type Installed = { name: string; version: string; folder: string };

/** Node's own way: the nearest `node_modules` above that has it. */
function find(name: string, from: string, root: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const found = join(folder, 'node_modules', name);
    if (existsSync(join(found, 'package.json'))) return found;
    if (folder === root || folder === dirname(folder)) return undefined;
  }
}

/** These packages and all they need at run time, optional ones where they are installed. Paths as they lie, nested ones too. */
export function withDependencies(names: readonly string[], root: string): Installed[] {
  const found = new Map<string, Installed>();
  const visit = (folder: string): void => {
    if (found.has(folder)) return;
    const { name, version, dependencies, optionalDependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    found.set(folder, { name, version, folder });
    for (const needed of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const next = find(needed, folder, root);
      if (next) visit(next);
    }
  };
  for (const name of names) {
    const folder = find(name, root, root);
    if (folder) visit(folder);
  }
  return [...found.values()];
}

/** The packages whose code a build has taken in, as the source maps beside it say. */
export function packagesIn(built: string, root: string): Installed[] {
  const folders = new Set<string>();
  for (const file of readdirSync(built).filter((each) => each.endsWith('.map'))) {
    const { sources } = JSON.parse(readFileSync(join(built, file), 'utf8')) as { sources: string[] };
    for (const source of sources) {
      const at = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(join(built, source).split(sep).join('/'))?.[1];
      if (at && !relative(root, at).startsWith('..') && existsSync(join(at, 'package.json'))) folders.add(at);
    }
  }
  return [...folders].map((folder) => ({ folder, ...nameOf(folder) }));
}

const nameOf = (folder: string): { name: string; version: string } => {
  const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return { name, version };
};
