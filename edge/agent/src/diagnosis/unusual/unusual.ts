import { createRarity, type RarityState } from './rarity.ts';
import { createSeason, type SeasonState } from './season.ts';

/** What a sample is beside everything its signal did so far. */
export type Unusual = {
  /** 0..1: one minus the chance of something at least as rare; reaches `alarmFrom` once per event, at the sample that announces it. */
  score: number;
  /** The band expected for this sample, in the signal's own unit. */
  low: number;
  high: number;
  /** Epoch ms at which the event that goes on was announced. */
  since?: number;
};

/** Opaque to everyone but `createUnusual`; plain JSON. */
export type UnusualState = {
  at: number;
  seen: number;
  quiet: number;
  drift: number;
  since?: number;
  season: SeasonState;
  single: RarityState;
  lasting: RarityState;
};

export type Detector = {
  /** @param at epoch ms; a sample not newer than the last changes nothing */
  observe(at: number, value: number): Unusual;
  save(): UnusualState;
};

/** A score from here on is an alarm: a rarity of one sample in a hundred, lasting. */
export const alarmFrom = 0.99;

/** An alarm is not repeated within this many samples. */
const quietFor = 100;
/** A departure counts when it lasts about this many samples. */
const lasts = 8;
/** The band holds all but this share of the samples. */
const outsideBand = 0.01;

/** A streaming detector of the unusual for one signal: nothing to set, bounded memory, each sample judged before it is learned. */
export function createUnusual(saved?: UnusualState): Detector {
  const season = createSeason(saved?.season);
  const single = createRarity(saved?.single);
  const lasting = createRarity(saved?.lasting);
  let { at: newest, seen, quiet, drift, since } = saved ?? { at: Number.NEGATIVE_INFINITY, seen: 0, quiet: 0, drift: 0 };

  return {
    observe(at, value) {
      const usual = season.usual(at) ?? value;
      const band = single.exceededBy(outsideBand);
      const expected = { low: usual - band, high: usual + band };
      if (!(at > newest)) return { score: 0, ...expected };
      newest = at;
      seen++;
      drift += (value - usual - drift) / lasts;
      single.learn(Math.abs(value - usual));
      const rarity = 1 - lasting.learn(Math.abs(drift));
      season.learn(at, value);
      if (quiet > 0) quiet--;
      const announces = rarity >= alarmFrom && quiet === 0;
      if (announces) {
        quiet = quietFor;
        since = at;
      } else if (quiet === 0) since = undefined;
      const score = announces ? rarity : Math.min(rarity, alarmFrom - Number.EPSILON);
      return { score, ...expected, ...(since !== undefined && { since }) };
    },
    save: () => ({
      at: newest,
      seen,
      quiet,
      drift,
      ...(since !== undefined && { since }),
      season: season.save(),
      single: single.save(),
      lasting: lasting.save(),
    }),
  };
}
