import type { Log } from '../log.ts';

/** What the detectors of all things of a site share, so that no number of devices fills the memory: how many more there may be. */
export type Room = {
  /** Detectors of the unusual, some KiB each. */
  learners: number;
  /** Detectors that a selector set on a signal, some hundred bytes each. */
  selected: number;
};

/** Enough for a thousand things of twenty signals; some 70 MiB if all were taken. A home of fifty devices takes three. */
export const siteRoom = (): Room => ({ learners: 2_000, selected: 100_000 });

/** Says once when the room is used up, and once when there is some again; to be called now and then. */
export function tellWhenFull(room: Room, log: Pick<Log, 'warn' | 'info'>): () => void {
  let full = false;
  return () => {
    if ((room.learners <= 0 || room.selected <= 0) === full) return;
    full = !full;
    if (full) log.warn({ ...room }, 'this site has more signals than there is room to learn: the newest are watched by limits alone');
    else log.info({ ...room }, 'there is room again to learn what is usual');
  };
}
