import { Lateness } from './lateness.ts';

/** What the door remembers of one signal to judge the next value by: the newest one, and where its values usually lie. */
export type SignalPast = { at: number; value: unknown; numbers: number; mean: number; spread: number };

/** What the door remembers of one thing. */
export type ThingPast = { lateness: Lateness; signals: Map<string, SignalPast> };

export const newPast = (): ThingPast => ({ lateness: new Lateness(), signals: new Map() });

/** The usual is a mean over about so many values. */
const remembers = 100;
/** Nothing is called usual before so many. */
const enough = 10;
/** Values within so many mean deviations of the mean, or within this share of it, are as usual. */
const within = { deviations: 8, share: 0.1 };

/** Takes a believable value into the past. */
export function remember(past: SignalPast, at: number, value: unknown): void {
  past.at = at;
  past.value = value;
  if (typeof value !== 'number') return;
  if (past.numbers < remembers) past.numbers++;
  const step = value - past.mean;
  past.mean += step / past.numbers;
  past.spread += (Math.abs(step) - past.spread) / past.numbers;
}

/** Is the number where this signal's values usually lie? False while too little is known. */
export const isUsual = ({ numbers, mean, spread }: SignalPast, value: number): boolean =>
  numbers >= enough && Math.abs(value - mean) <= Math.max(within.deviations * spread, within.share * Math.abs(mean));
