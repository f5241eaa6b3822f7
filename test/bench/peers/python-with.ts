import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'wayside', 'bench');

export type Python = { program: string; packages: string } | { missing: string };

/**
 * A Python environment of its own with packages of PyPI, made in the cache once; or why it cannot be had here.
 * @param modules what must be importable for it to be of use
 * @returns the program, and the folder its packages lie in
 */
export async function pythonWith(
  name: string,
  packages: readonly string[],
  modules: readonly string[],
  say: (line: string) => void,
): Promise<Python> {
  const folder = join(cache, name);
  const program = join(folder, 'bin', 'python');
  const imports = `import sysconfig, ${modules.join(', ')}; print(sysconfig.get_paths()["purelib"])`;
  const found = (): Python | undefined => {
    if (!existsSync(program)) return undefined;
    const { status, stdout } = spawnSync(program, ['-c', imports], { encoding: 'utf8' });
    return status === 0 ? { program, packages: stdout.trim() } : undefined;
  };
  const before = found();
  if (before) return before;
  say(`fetching ${packages.join(', ')} from PyPI into the cache …`);
  try {
    await run('python3', ['-m', 'venv', folder]);
    await run(program, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages], { timeout: 600_000 });
  } catch (error) {
    return { missing: `Python or PyPI is not within reach (${String(error).split('\n')[0]?.slice(0, 120)})` };
  }
  return found() ?? { missing: `${packages[0]} was fetched and does not start` };
}
