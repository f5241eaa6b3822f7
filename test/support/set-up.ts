import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** Before any test: what is made of the sources (panel, console, command line) is made of them as they are now. Quick when it is. */
export default function setUp(): void {
  const { status } = spawnSync(process.execPath, ['scripts/setup.mjs', '--for', 'code'], { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error('set-up failed; what it said stands above');
}
