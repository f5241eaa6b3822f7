import { type Loaded, type Pack, tell } from '@wayside/packs';
import type { Status } from '../api/types.ts';
import type { Log } from '../log.ts';

export type ServedPacks = { byFamily: Map<string, Pack>; state: Status['packs'] };

/** The packs of this site as it serves them. A broken one is named in the log and in the status; the others serve. */
export function servePacks({ packs, broken }: { packs: readonly Pack[]; broken: Loaded['broken'] }, log: Log): ServedPacks {
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
