import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export const run = promisify(execFile);
const folder = join(
  process.env.XDG_CACHE_HOME?.startsWith('/') ? process.env.XDG_CACHE_HOME : join(homedir(), '.cache'),
  'wayside',
  'wyoming-venv',
);
const python = join(folder, 'bin', 'python');
const version = '1.7.2';

/** A Python with Home Assistant's `wyoming` package, set up once in the cache; or why there is none. */
export async function wyomingPython(): Promise<{ python: string } | { missing: string }> {
  try {
    if (!existsSync(python)) await run('python3', ['-m', 'venv', folder], { timeout: 60_000 });
    await run(python, ['-c', 'import wyoming']).catch(() =>
      run(python, ['-m', 'pip', 'install', '--quiet', `wyoming>=${version}`], { timeout: 60_000 }),
    );
    return { python };
  } catch (error) {
    return { missing: `the Python package wyoming cannot be had here: ${(error as Error).message.split('\n')[0]}` };
  }
}
