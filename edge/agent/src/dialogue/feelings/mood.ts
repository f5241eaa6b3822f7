import type { Spent } from '@wayside/packs';
import { type Feeling, valenceOf } from './feeling.ts';

/**
 * How a conversation has felt so far. It lives in memory only and is never written to a disk or sent, unless the person agreed
 * (`moods.ts`); a restart forgets it.
 */
export type Mood = {
  /** Newest last. `at` in epoch ms. */
  readings: { at: number; valence: number }[];
  /** Rules that looked at the mood and have had their effect. */
  spent: Spent[];
  /** The turn on which a feeling was last answered. */
  acknowledged?: number;
};

export const calm: Mood = { readings: [], spent: [] };

const most = 20;
/** What was felt so long ago counts half. */
const halfLifeMs = 10 * 60_000;
const forgottenMs = 3_600_000;

/** The mood with what this sentence told. */
export function withReading(mood: Mood, feeling: Feeling, at: number): Mood {
  const readings = [...mood.readings, { at, valence: valenceOf(feeling) }];
  return { ...mood, readings: readings.filter((one) => at - one.at < forgottenMs).slice(-most) };
}

/** How much of the mood is what was said last; the rest is what it was before. What is said this strongly, in several words, is all of it. */
const newest = { counts: 0.55, outright: 0.85 };

/**
 * How the person has felt lately, −1 to 1: the last sentence a little more than all before it together. One sharp word brings nobody in;
 * two do, or fury told outright. Undefined before anything was said.
 */
export function standingOf({ readings }: Mood): number | undefined {
  if (readings.length === 0) return undefined;
  const share = (valence: number) => (valence <= -newest.outright ? 1 : newest.counts);
  return Number(readings.reduce((before, { valence }) => before + share(valence) * (valence - before), 0).toFixed(2));
}

/**
 * Where the mood is going, −2 to 2: the last two readings against those before them, older ones counting less and less.
 * Undefined while too little was said.
 */
export function trendOf({ readings }: Mood): number | undefined {
  if (readings.length < 3) return undefined;
  const now = readings.at(-1)!.at;
  return Number((mean(readings.slice(-2), now) - mean(readings.slice(0, -2), now)).toFixed(2));
}

function mean(of: Mood['readings'], now: number): number {
  const weigh = (i: number, at: number) => 0.5 ** ((now - at) / halfLifeMs) * 0.85 ** (of.length - 1 - i);
  const weights = of.map(({ at }, i) => weigh(i, at));
  return of.reduce((sum, { valence }, i) => sum + valence * weights[i]!, 0) / weights.reduce((a, b) => a + b, 0);
}
