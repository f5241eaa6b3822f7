import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { WaysideError } from '@wayside/protocol';
import { copyFile, copyPackage, filesIn, type LeftOut } from './copy-package.ts';
import type { Platform } from './leave-out.ts';
import { type Installed, packagesIn, withDependencies } from './packages.ts';

/** What lies in a bundle: the packages as folders, those whose code was taken into the build, and what was left out. */
export type Bundle = { packages: Installed[]; inlined: Installed[]; leftOut: LeftOut };

/** Our own parts, each where the build looks for it, and which of its files. */
const own: readonly [folder: string, takes: (path: string) => boolean][] = [
  ['cli/dist', (path) => path.endsWith('.cjs')],
  ['edge/panel/dist', (path) => !path.endsWith('.map')],
  ['record/dist', () => true],
  ['devices/packs', (path) => path.includes('/') && !path.startsWith('src/')],
  ['devices/simulators', (path) => path === 'demo.yaml'],
  ['models/heads', () => true],
  ['models/pronunciation', () => true],
  ['models', (path) => path === 'catalog.json'],
  ['deploy/edge', () => true],
];

/** What the build leaves outside itself: one package always, two with native code for AI. */
const outside = { always: ['mqtt'], ai: ['onnxruntime-node', 'node-llama-cpp'] };

/**
 * Copies an edge to `to`: what the build made, what it reads, and the packages it left outside, without what `platform` cannot use.
 * @throws WaysideError `unavailable` when nothing is built, or when a native for `platform` is not installed here
 */
export function assemble({ root, to, platform, ai }: { root: string; to: string; platform: Platform; ai: boolean }): Bundle {
  for (const [folder, takes] of own) {
    if (!existsSync(join(root, folder)))
      throw new WaysideError('unavailable', `${folder} is not here. A bundle is made from a checkout, after “npm run setup”.`);
    for (const path of filesIn(join(root, folder)).filter(takes)) copyFile(join(root, folder, path), join(to, folder, path));
  }
  for (const file of ['LICENSE', 'NOTICE']) copyFile(join(root, file), join(to, file));
  copyFile(join(root, 'deploy/edge/wayside'), join(to, 'bin/wayside'));
  const { version, license } = readPackage(root);
  writeFileSync(join(to, 'package.json'), `${JSON.stringify({ name: 'wayside-edge', version, license, private: true })}\n`);

  const leftOut: LeftOut = new Map();
  const packages = withDependencies(ai ? [...outside.always, ...outside.ai] : outside.always, root);
  for (const each of packages) copyPackage(each, join(to, relative(root, each.folder)), platform, leftOut);
  if (ai) demandNatives(to, platform);
  return {
    packages: packages.filter(({ folder }) => existsSync(join(to, relative(root, folder)))),
    inlined: [...packagesIn(join(root, 'cli/dist'), root), ...withDependencies(panelPackages(root), root)],
    leftOut,
  };
}

const readPackage = (folder: string) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/** The panel is built without source maps: what it may have taken in is what it names. */
const panelPackages = (root: string): string[] =>
  Object.keys(readPackage(join(root, 'edge/panel')).dependencies).filter((name) => !name.startsWith('@wayside/'));

function demandNatives(to: string, platform: Platform): void {
  for (const [native, folder] of [
    ['onnxruntime-node', `onnxruntime-node/bin/napi-v6/${platform.replace('-', '/')}`],
    ['node-llama-cpp', `@node-llama-cpp/${platform}`],
  ] as const)
    if (!existsSync(join(to, 'node_modules', folder)))
      throw new WaysideError(
        'unavailable',
        `${native} for ${platform} is not installed here. Install it (npm install --no-save --cpu ${platform.split('-')[1]} --os linux), or bundle without AI (--no-ai).`,
      );
}
