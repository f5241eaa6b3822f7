// `npm run docs`: the documentation site, in docs/site/dist. What builds it is installed here and not with Wayside.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');
const run = (command, args, cwd) => {
  const { status } = spawnSync(command, args, { cwd, stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) process.exit(status ?? 1);
};
const tool = (name) => join(here, 'node_modules/.bin', name);

run(process.execPath, ['--disable-warning=ExperimentalWarning', join(root, 'test/docs/write-settings.ts')], root);
if (!existsSync(tool('vitepress'))) run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], here);
run(
  tool('typedoc'),
  [
    ...['--options', join(here, 'typedoc.json')],
    ...['--plugin', join(here, 'node_modules/typedoc-plugin-markdown/dist/index.js')],
    ...['--entryPoints', join(root, 'devices/sdk/src/index.ts'), '--entryPoints', join(root, 'devices/sdk/src/file.ts')],
    ...['--out', join(root, 'docs/reference/sdk')],
  ],
  root,
);
run(tool('vitepress'), [process.argv[2] === 'dev' ? 'dev' : 'build', here], root);
