import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Asked } from '../understanding/ha-intents.ts';
import type { HomeIntent } from '../understanding/home/match-sentences.ts';

const run = promisify(execFile);
const packages = ['hassil==3.12.1', 'home-assistant-intents==2026.10.27'];
const folder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'wayside', 'bench', 'hassil');

/** A Python environment with Home Assistant's matcher and its sentences, made in the cache once. */
async function python(say: (line: string) => void): Promise<string | { missing: string }> {
  const program = join(folder, 'bin', 'python');
  const ready = () => existsSync(program) && spawnSync(program, ['-c', 'import hassil, home_assistant_intents']).status === 0;
  if (ready()) return program;
  say('fetching hassil and home-assistant-intents from PyPI into the cache …');
  try {
    await run('python3', ['-m', 'venv', folder]);
    await run(program, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages], { timeout: 120_000 });
  } catch (error) {
    return { missing: `Python or PyPI is not within reach (${String(error).split('\n')[0]?.slice(0, 120)})` };
  }
  return ready() ? program : { missing: 'hassil was fetched and does not start' };
}

/** What Home Assistant's own matcher, with its own released sentences, makes of each; or why it cannot be had here. */
export async function hassil(
  asked: readonly Asked[],
  language: string,
  say: (line: string) => void,
): Promise<(HomeIntent | undefined)[] | { missing: string }> {
  const program = await python(say);
  if (typeof program !== 'string') return program;
  const lines = asked.map(({ text, home }) => JSON.stringify({ text, home }));
  const { stdout, stderr, status } = spawnSync(program, [join(import.meta.dirname, 'hassil-match.py'), language], {
    input: `${lines.join('\n')}\n`,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) return { missing: `hassil stopped: ${stderr.trim().split('\n').at(-1)}` };
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) ?? undefined);
}
