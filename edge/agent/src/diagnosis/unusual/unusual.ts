import { type AnnouncerState, createAnnouncer } from './announce.ts';
import { createMemory, type MemoryState } from './memory.ts';
import { createRarity, type Rarity, type RarityState } from './rarity.ts';
import { createSeason, type SeasonState } from './season.ts';

/** What a sample is beside everything its signal did so far. */
export type Unusual = {
  /** 0..1: one minus the chance of something as rare; reaches `alarmFrom` once per event, at the sample that announces it. */
  score: number;
  /** The band expected for this sample, in the signal's own unit. */
  low: number;
  high: number;
  /** Epoch ms at which the event that goes on was announced. */
  since?: number;
};

/** How much is remembered of one view: the rarity of each of its sizes. */
const views = ['season', 'week', 'ratio', 'calm', 'situation', 'jump', 'noise', 'band'] as const;
type View = (typeof views)[number];

/** Opaque to everyone but `createUnusual`; plain JSON. */
export type UnusualState = {
  at: number | null;
  running: Running;
  seasons: { season: SeasonState; week: SeasonState; ratio: SeasonState };
  rarities: Record<View, RarityState>;
  memory: MemoryState;
  announcer: AnnouncerState;
};

/** Running means, in the signal's own unit or free of any; `origin` is the first value, `value` the last. */
type Running = {
  seen: number;
  origin: number;
  value: number;
  scale: number;
  course: number;
  season: number;
  week: number;
  ratio: number;
  restless: number;
  noise: number;
};

export type Detector = {
  /** @param at epoch ms; a sample not newer than the last changes nothing */
  observe(at: number, value: number): Unusual;
  save(): UnusualState;
};

/** The views of a sample must agree on a chance of one in fifty... */
const agreed = 1.7;
/** ...or one witness swear to a chance of one in sixteen hundred. */
const sworn = 3.2;
/** A score from here on is an alarm. */
export const alarmFrom = 1 - 10 ** -agreed;

/** A departure from the season counts when it lasts about three samples, one from the week about eight. */
const lasts = { season: 3, week: 8, ratio: 3, course: 8, restless: 8, noise: 64, scale: 2000 };
/** The band holds all but this share of the samples. */
const outsideBand = 0.01;
/** Below this share of the signal's size, differences are rounding. */
const rounding = 1e-9;

/**
 * A streaming detector of the unusual for one signal: nothing to set, bounded memory, each sample judged before it is learned. Five views
 * (departure from the half hour's mean, with weekends apart, by weekday, as a ratio; calm; a situation never met) each tell how rare the
 * sample is among all before, and their mean decides; a jump or a noise that is rarer still decides alone.
 */
export function createUnusual(saved?: UnusualState): Detector {
  const seasons = {
    season: createSeason('weekends apart', saved?.seasons.season),
    week: createSeason('each weekday', saved?.seasons.week),
    ratio: createSeason('all', saved?.seasons.ratio),
  };
  const rarities = Object.fromEntries(views.map((view) => [view, createRarity(saved?.rarities[view])])) as Record<View, Rarity>;
  const memory = createMemory(saved?.memory);
  const announcer = createAnnouncer(agreed, saved?.announcer);
  const running: Running = saved
    ? { ...saved.running }
    : { seen: 0, origin: 0, value: 0, scale: 0, course: 0, season: 0, week: 0, ratio: 0, restless: 0, noise: 0 };
  let newest = saved?.at ?? Number.NEGATIVE_INFINITY;

  /** Moves a running mean towards a value, faster while little was seen, and returns it. */
  const follow = (name: 'scale' | 'restless' | 'noise', value: number) => {
    running[name] += (value - running[name]) / Math.min(running.seen, lasts[name]);
    return running[name];
  };
  /** How far the signal has been from one of its seasons lately. */
  const departure = (name: 'season' | 'week' | 'ratio', at: number, value: number) => {
    const usual = seasons[name].usual(at) ?? value;
    seasons[name].learn(at, value);
    running[name] += (value - usual - running[name]) / lasts[name];
    return Math.abs(running[name]);
  };

  return {
    observe(at, value) {
      if (running.seen === 0) Object.assign(running, { origin: value, value });
      const x = value - running.origin;
      const usual = seasons.season.usual(at) ?? x;
      const width = rarities.band.exceededBy(outsideBand);
      const expected = { low: running.origin + usual - width, high: running.origin + usual + width };
      if (!(at > newest)) return { score: 0, ...expected };
      newest = at;
      running.seen++;
      const scale = follow('scale', Math.abs(value));
      const smallest = Math.max(rounding * scale, Number.MIN_VALUE / rounding);
      const rare = (view: View, size: number) => rarities[view].learn(Math.max(size, smallest));

      const jump = Math.abs(value - running.value);
      running.value = value;
      running.course += (x - running.course) / lasts.course;
      rare('band', Math.abs(x - usual));
      const ratio = Math.asinh((2 * value) / Math.max(scale, smallest));
      const mean =
        (rare('season', departure('season', at, x)) +
          rare('week', departure('week', at, x)) +
          rarities.ratio.learn(Math.max(departure('ratio', at, ratio), rounding)) +
          rarities.calm.learn(1 / Math.max(follow('restless', jump), smallest)) +
          rare('situation', memory.learn(x, running.course) ?? 0)) /
        5;
      const witness = Math.max(rare('jump', jump), rare('noise', follow('noise', jump)));
      const unusual = Math.max(mean, witness - (sworn - agreed));

      const announces = announcer.announces(at, unusual);
      const score = Math.max(0, 1 - 10 ** -unusual);
      const since = announcer.since();
      return { score: announces ? score : Math.min(score, alarmFrom - Number.EPSILON), ...expected, ...(since !== undefined && { since }) };
    },
    save: () => ({
      at: Number.isFinite(newest) ? newest : null,
      running: { ...running },
      seasons: { season: seasons.season.save(), week: seasons.week.save(), ratio: seasons.ratio.save() },
      rarities: Object.fromEntries(views.map((view) => [view, rarities[view].save()])) as Record<View, RarityState>,
      memory: memory.save(),
      announcer: announcer.save(),
    }),
  };
}
