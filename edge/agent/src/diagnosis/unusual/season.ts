/** One row of slots per kind of day; a slot never seen is null. Opaque to everyone but `createSeason`. */
export type SeasonState = (number | null)[];

export type Season = {
  /** The value usual at this time of such a day, or undefined before it was first seen. */
  usual(at: number): number | undefined;
  learn(at: number, value: number): void;
  save(): SeasonState;
};

/** Which days are alike: all; working days and weekends; each day of the week. */
export type Days = 'all' | 'weekends apart' | 'each weekday';

const day = 86_400_000;
/** Half hours. */
const slots = 48;
/** About ten samples of a slot are remembered. */
const rate = 0.1;

const kinds: Record<Days, { count: number; of: (weekday: number) => number }> = {
  all: { count: 1, of: () => 0 },
  'weekends apart': { count: 2, of: (weekday) => (weekday === 0 || weekday === 6 ? 1 : 0) },
  'each weekday': { count: 7, of: (weekday) => weekday },
};

/** The daily pattern of a signal: a mean for each half hour (UTC) of each kind of day, newer days weighing more. */
export function createSeason(days: Days, saved?: SeasonState): Season {
  const { count, of } = kinds[days];
  // 32 bits are enough for what is only compared with a sample; NaN is a slot never seen.
  const means = new Float32Array(count * slots).fill(Number.NaN);
  saved?.forEach((mean, slot) => {
    means[slot] = mean ?? Number.NaN;
  });
  const slotOf = (at: number) => {
    const since = Math.floor(at / day);
    // 1970-01-01 was a Thursday, day 4 of a week that begins on Sunday.
    const weekday = (((since + 4) % 7) + 7) % 7;
    return of(weekday) * slots + Math.floor(((at - since * day) / day) * slots);
  };
  return {
    usual(at) {
      const mean = means[slotOf(at)]!;
      return Number.isNaN(mean) ? undefined : mean;
    },
    learn(at, value) {
      const slot = slotOf(at);
      const mean = means[slot]!;
      means[slot] = Number.isNaN(mean) ? value : mean + rate * (value - mean);
    },
    save: () => Array.from(means, (mean) => (Number.isNaN(mean) ? null : mean)),
  };
}
