/**
 * Makes `dist/`, the package as it is published: plain JavaScript with the protocol in it, its types, no TypeScript needed. `npm run build -w devices/sdk`;
 * `node build.ts FOLDER` makes it somewhere else.
 */
import { spawnSync } from 'node:child_process';
import { copyFile, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');
const dist = resolve(process.argv[2] ?? join(here, 'dist'));
const entries = { index: 'src/index.ts', file: 'src/file.ts' };

await rm(dist, { recursive: true, force: true });
await build({
  root: here,
  logLevel: 'warn',
  build: {
    target: 'es2023',
    outDir: dist,
    emptyOutDir: true,
    minify: false,
    lib: { entry: entries, formats: ['es'] },
    rolldownOptions: { external: ['mqtt', /^zod/, /^node:/] },
  },
});
await writeTypes();
const { name, version, description, license, dependencies } = JSON.parse(await readFile(join(here, 'package.json'), 'utf8'));
const { '@wayside/protocol': _, ...needed } = dependencies;
const published = {
  ...{ name, version, description, license, type: 'module', engines: { node: '>=20' }, sideEffects: false },
  exports: Object.fromEntries(
    Object.keys(entries).map((entry) => [
      entry === 'index' ? '.' : `./${entry}`,
      { types: `./types/sdk/src/${entry}.d.ts`, default: `./${entry}.js` },
    ]),
  ),
  dependencies: needed,
};
await writeFile(join(dist, 'package.json'), `${JSON.stringify(published, null, 2)}\n`);
await copyFile(join(here, 'README.md'), join(dist, 'README.md'));
await copyFile(join(root, 'LICENSE'), join(dist, 'LICENSE'));

/** Declarations of the SDK and of the protocol, which lies beside it instead of being a package of its own. */
async function writeTypes(): Promise<void> {
  const types = join(dist, 'types');
  const options = ['--noEmit', 'false', '--declaration', '--emitDeclarationOnly', '--rootDir', join(root, 'devices'), '--outDir', types];
  const kept = ['--target', 'es2024', '--module', 'nodenext', '--moduleResolution', 'nodenext', '--strict', '--skipLibCheck'];
  const ours = ['--allowImportingTsExtensions', '--verbatimModuleSyntax', '--types', 'node'];
  const files = [...Object.values(entries).map((file) => join(here, file)), join(root, 'devices/protocol/src/index.ts')];
  const { status, stdout } = spawnSync(join(root, 'node_modules/.bin/tsc'), ['--ignoreConfig', ...kept, ...ours, ...options, ...files], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the types could not be written:\n${stdout}`);
  for (const entry of await readdir(types, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const protocol = relative(entry.parentPath, join(types, 'protocol/src/index.js'));
    const text = (await readFile(file, 'utf8'))
      .replace(/(from '|import\(")(\.[^'"]+)\.ts(?=['"])/g, '$1$2.js')
      .replace(/(['"])@wayside\/protocol\1/g, `$1${protocol}$1`);
    await writeFile(file, text);
  }
}
