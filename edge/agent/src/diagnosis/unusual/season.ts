import { fill, textOf } from './floats.ts';

/** Opaque to everyone but `Season`. */
export type SeasonState = string;

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
export class Season {
  static floats(kind: keyof typeof kinds): number {
    return kinds[kind].days * kinds[kind].slots;
  }

  private readonly kind: (typeof kinds)[keyof typeof kinds];
  /** NaN is a slot never seen. 32 bits do for what is only compared with a sample. */
  private readonly means: Float32Array;

  /** @param room to keep the means in */
  constructor(kind: keyof typeof kinds, saved?: SeasonState, room = new Float32Array(Season.floats(kind))) {
    this.kind = kinds[kind];
    this.means = room.fill(Number.NaN);
    if (saved !== undefined) fill(this.means, saved);
  }

  /** The value usual at this time of such a day, or undefined before it was first seen. */
  usual(at: number): number | undefined {
    const mean = this.means[this.slotOf(at)]!;
    return Number.isNaN(mean) ? undefined : mean;
  }

  /** @param held what was held usual so far: a slot seen for the first time starts from there */
  learn(at: number, value: number, held: number): void {
    const slot = this.slotOf(at);
    const mean = Number.isNaN(this.means[slot]!) ? held : this.means[slot]!;
    this.means[slot] = mean + rate * (value - mean);
  }

  private slotOf(at: number): number {
    const { slots, of } = this.kind;
    const since = Math.floor(at / day);
    // 1970-01-01 was a Thursday, day 4 of a week that begins on Sunday.
    const weekday = (((since + 4) % 7) + 7) % 7;
    return of(weekday) * slots + Math.floor((at - since * day) / (day / slots));
  }

  save(): SeasonState {
    return textOf(this.means);
  }
}
