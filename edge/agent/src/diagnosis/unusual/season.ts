/** A slot never seen is null. Opaque to everyone but `createSeason`. */
export type SeasonState = (number | null)[];

export type Season = {
  /** The value usual at this time of such a day, or undefined before it was first seen. */
  usual(at: number): number | undefined;
  /** @param held what was held usual so far: a slot seen for the first time starts from there */
  learn(at: number, value: number, held: number): void;
  save(): SeasonState;
};

const day = 86_400_000;
/** About ten samples of a slot are remembered. */
const rate = 0.1;

/** Which days are alike, and into how many slots such a day is cut: the fewer days there are to learn from, the wider the slots. */
const kinds = {
  'every day': { days: 1, slots: 48, of: () => 0 },
  'weekends apart': { days: 2, slots: 48, of: (weekday: number) => (weekday === 0 || weekday === 6 ? 1 : 0) },
  'each weekday': { days: 7, slots: 24, of: (weekday: number) => weekday },
};

/** The daily pattern of a signal: a mean for each half hour or hour (UTC) of each kind of day, newer days weighing more. */
export function createSeason(kind: keyof typeof kinds, saved?: SeasonState): Season {
  const { days, slots, of } = kinds[kind];
  // NaN is a slot never seen. 32 bits do for what is only compared with a sample.
  const means = new Float32Array(days * slots).fill(Number.NaN);
  saved?.forEach((mean, slot) => {
    means[slot] = mean ?? Number.NaN;
  });
  const slotOf = (at: number) => {
    const since = Math.floor(at / day);
    // 1970-01-01 was a Thursday, day 4 of a week that begins on Sunday.
    const weekday = (((since + 4) % 7) + 7) % 7;
    return of(weekday) * slots + Math.floor((at - since * day) / (day / slots));
  };
  return {
    usual(at) {
      const mean = means[slotOf(at)]!;
      return Number.isNaN(mean) ? undefined : mean;
    },
    learn(at, value, held) {
      const slot = slotOf(at);
      const mean = Number.isNaN(means[slot]!) ? held : means[slot]!;
      means[slot] = mean + rate * (value - mean);
    },
    // Nine digits tell any two 32-bit numbers apart.
    save: () => Array.from(means, (mean) => (Number.isNaN(mean) ? null : Number(mean.toPrecision(9)))),
  };
}
