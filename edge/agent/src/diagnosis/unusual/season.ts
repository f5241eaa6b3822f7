/** What is usual at each time of the day; a slot never seen is null. Opaque to everyone but `createSeason`. */
export type SeasonState = (number | null)[];

export type Season = {
  /** The value usual at this time of the day, or undefined before it was first seen. */
  usual(at: number): number | undefined;
  learn(at: number, value: number): void;
  save(): SeasonState;
};

const day = 86_400_000;
const slots = 48;
/** About ten samples of a slot are remembered. */
const rate = 0.1;

/** The daily pattern of a signal: the mean of each half hour of the day (UTC), newer days weighing more. */
export function createSeason(saved?: SeasonState): Season {
  const means = saved ? [...saved] : new Array<number | null>(slots).fill(null);
  const slotOf = (at: number) => Math.floor(((((at % day) + day) % day) / day) * slots);
  return {
    usual: (at) => means[slotOf(at)] ?? undefined,
    learn(at, value) {
      const slot = slotOf(at);
      const mean = means[slot];
      means[slot] = mean === null || mean === undefined ? value : mean + rate * (value - mean);
    },
    save: () => [...means],
  };
}
