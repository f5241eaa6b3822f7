import { type Loaded, type Pack, packsRoot, tell } from '@wayside/packs';
import type { Status } from '../api/types.ts';
import type { Log } from '../log.ts';

export type LoadedPacks = { byFamily: Map<string, Pack>; state: Status['packs'] };

/** How packs are gathered: here (`gatherPacks`), or in a process that ends (`gatherPacksApart`). */
export type Gather = (root: string, installed: string) => Promise<Loaded>;

/** Reads the packs of this site. A broken one is named in the log and in the status; the others serve. */
export async function readPacks(root: string | undefined, installed: string, gather: Gather, log: Log): Promise<LoadedPacks> {
  const { packs, broken } = await gather(root ?? packsRoot, installed);
  for (const { dir, problems } of broken) log.error(tell(`The pack in ${dir}`, problems));
  return {
    byFamily: new Map(packs.map((pack) => [pack.family, pack])),
    state: [
      ...packs.map(({ family, version }) => ({ family, version, state: 'ok' as const })),
      ...broken.map(({ dir, problems }) => ({
        family: dir.split(/[\\/]/).at(-1) ?? dir,
        version: '?',
        state: 'broken' as const,
        problem: problems[0] ? `${problems[0].file}: ${problems[0].problem}` : 'unreadable',
      })),
    ],
  };
}
