import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Asked } from '../understanding/ha-intents.ts';
import type { HomeIntent } from '../understanding/home/match-sentences.ts';
import { pythonWith } from './python-with.ts';

const packages = ['hassil==3.12.1', 'home-assistant-intents==2026.10.27'];

/** What Home Assistant's own matcher, with its own released sentences, makes of each; or why it cannot be had here. */
export async function hassil(
  asked: readonly Asked[],
  language: string,
  say: (line: string) => void,
): Promise<(HomeIntent | undefined)[] | { missing: string }> {
  const python = await pythonWith('hassil', packages, ['hassil', 'home_assistant_intents'], say);
  if ('missing' in python) return python;
  const lines = asked.map(({ text, home }) => JSON.stringify({ text, home }));
  const { stdout, stderr, status } = spawnSync(python.program, [join(import.meta.dirname, 'hassil-match.py'), language], {
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
