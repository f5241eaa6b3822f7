/** What the detectors of all things of a site share, so that no number of devices fills the memory: how many more there may be. */
export type Room = {
  /** Detectors of the unusual, some KiB each. */
  learners: number;
  /** Detectors that a selector set on a signal, some hundred bytes each. */
  selected: number;
};

/** Enough for a thousand things of twenty signals; some 70 MiB if all were taken. A home of fifty devices takes three. */
export const siteRoom = (): Room => ({ learners: 2_000, selected: 100_000 });
