import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/**
 * Before any test, once for all projects: what is made of the sources (panel, console, command line) is made of them as they are now, quick when it is; and
 * there is a place for the packs as an edge wants them, which are made ready once for all processes of the run.
 */
export default function setUp(): (() => void) | undefined {
  if (process.env.WAYSIDE_TEST_PREPARED) return;
  const { status } = spawnSync(process.execPath, ['scripts/setup.mjs', '--for', 'code'], { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error('set-up failed; what it said stands above');
  const folder = mkdtempSync(join(tmpdir(), 'wayside-tests-'));
  process.env.WAYSIDE_TEST_PREPARED = join(folder, 'packs.prepared');
  return () => rmSync(folder, { recursive: true, force: true });
}
