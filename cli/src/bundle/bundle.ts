import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { WaysideError } from '@wayside/protocol';
import { version } from '../version.ts';
import { assemble } from './assemble.ts';
import { type Platform, platforms } from './leave-out.ts';
import { proveParts } from './prove-parts.ts';
import { writePapers } from './write-papers.ts';

const root = resolve(import.meta.dirname, '../../..');
const mebi = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MiB`;

/**
 * `wayside edge bundle`: a folder that is all an edge needs beside Node 24, ready to be copied to a machine of `platform`. It is put together and tried
 * where no other package is in reach, then moved to `out`.
 */
export async function bundle(flags: { platform?: string; ai: boolean; out?: string; json?: boolean }): Promise<void> {
  const platform = (flags.platform ?? `${process.platform}-${process.arch}`) as Platform;
  if (!platforms.includes(platform))
    throw new WaysideError('invalid', `There is no bundle for ${platform}. --platform takes ${platforms.join(' or ')}.`);
  const name = `wayside-edge-${version}-${platform}${flags.ai ? '' : '-no-ai'}`;
  const out = resolve(flags.out ?? name);
  if (existsSync(out) && readdirSync(out).length > 0)
    throw new WaysideError('conflict', `${out} is there and not empty. Remove it, or choose another folder with --out.`);

  const workshop = mkdtempSync(join(tmpdir(), 'wayside-bundle-'));
  try {
    const made = assemble({ root, to: workshop, platform, ai: flags.ai });
    const proved = await proveParts(workshop, platform);
    const broken = proved.filter((part) => part.state === 'broken');
    if (broken.length > 0)
      throw new WaysideError('internal', `The bundle does not run: ${broken.map((part) => `${part.part}: ${part.why}`).join('; ')}`);
    const papers = await writePapers({ root, folder: workshop, name, version, platform, ai: flags.ai, made, proved });
    cpSync(workshop, out, { recursive: true });
    tell(flags.json ?? false, { folder: out, ...papers, proved, leftOut: Object.fromEntries(made.leftOut) });
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

type Told = {
  folder: string;
  bytes: number;
  files: number;
  proved: { part: string; state: string }[];
  leftOut: Record<string, { bytes: number }>;
};

function tell(json: boolean, told: Told): void {
  if (json) return void process.stdout.write(`${JSON.stringify(told)}\n`);
  const left = Object.entries(told.leftOut).map(([why, { bytes }]) => `  left out  ${mebi(bytes).padStart(10)}  ${why}`);
  const parts = told.proved.map(({ part, state }) => `  ${state.padEnd(16)}${part}`);
  process.stdout.write(
    `${told.folder}\n  ${mebi(told.bytes)} in ${told.files} files\n${left.join('\n')}\n${parts.join('\n')}\nStart it: bin/wayside edge   ·   as a service: deploy/edge/wayside-edge.service\n`,
  );
}
