import { loadPacks, type Pack, packsRoot, tell } from '@wayside/packs';
import type { Status } from '../api/types.ts';
import type { Log } from '../log.ts';
import { loadInstalled } from './installed.ts';

export type LoadedPacks = { byFamily: Map<string, Pack>; state: Status['packs'] };

/**
 * Reads the packs of this site: those that ship (or lie in the folder it was given), and the installed ones, which go before them. A broken
 * one is named in the log and in the status; the others serve, so a family whose installed pack is broken keeps the one that ships.
 * @param installed the folder of installed packs; it need not be there
 */
export async function readPacks(root: string | undefined, installed: string, log: Log): Promise<LoadedPacks> {
  const shipped = await loadPacks(root ?? packsRoot);
  const added = await loadInstalled(installed);
  const byFamily = new Map([...shipped.packs, ...added.packs].map((pack) => [pack.family, pack]));
  const broken = [...shipped.broken, ...added.broken];
  for (const { dir, problems } of broken) log.error(tell(`The pack in ${dir}`, problems));
  return {
    byFamily,
    state: [
      ...[...byFamily.values()].map(({ family, version }) => ({ family, version, state: 'ok' as const })),
      ...broken.map(({ dir, problems }) => ({
        family: dir.split(/[\\/]/).at(-1) ?? dir,
        version: '?',
        state: 'broken' as const,
        problem: problems[0] ? `${problems[0].file}: ${problems[0].problem}` : 'unreadable',
      })),
    ],
  };
}
