import { z } from 'zod';
import { announcerState, createAnnouncer } from './announce.ts';
import { Memory, memoryState } from './memory.ts';
import { Rarity, rarityState } from './rarity.ts';
import { Season } from './season.ts';

/** What a sample is beside everything its signal did so far. */
export type Unusual = {
  /** 0..1: one minus the chance of something as rare; reaches the alarm (`alarmFrom` unless set otherwise) once per event, at the sample that announces it. */
  score: number;
  /** The band expected for this sample, in the signal's own unit. */
  low: number;
  high: number;
  /** Epoch ms at which the event that goes on was announced. */
  since?: number;
};

export type Detector = {
  /**
   * @param at epoch ms; a sample not newer than the last changes nothing
   * @param value any finite number; beyond ±1e30 it counts as that
   */
  observe(at: number, value: number): Unusual;
  /** Takes the next sample whatever its time: the clock was set back. */
  restart(): void;
  save(): UnusualState;
};

/** How many samples each running mean spans. */
const spans = {
  briefly: 3,
  lasting: 8,
  brieflyByWeekday: 3,
  lastingByWeekday: 8,
  course: 8,
  restless: 8,
  noise: 64,
  usualJump: 2000,
  scale: 2000,
};
type Mean = keyof typeof spans;
/** `origin` is the first value, from which all others are taken; `value` the last. */
type Running = Record<Mean | 'seen' | 'origin' | 'value', number>;

const views = ['briefly', 'lasting', 'brieflyByWeekday', 'lastingByWeekday', 'calm', 'situation', 'jump', 'noise', 'band'] as const;
type View = (typeof views)[number];
const seasonNames = ['every day', 'weekends apart', 'each weekday'] as const;

/** Opaque to everyone but `createUnusual`; plain JSON. */
export const unusualState = z.object({
  at: z.number().nullable(),
  running: z.record(z.enum([...(Object.keys(spans) as Mean[]), 'seen', 'origin', 'value']), z.number()),
  seasons: z.record(z.enum(seasonNames), z.string()),
  rarities: z.record(z.enum(views), rarityState),
  memory: memoryState,
  announcer: announcerState,
});
export type UnusualState = z.infer<typeof unusualState>;

/** The views of a sample agree on a chance of one in eighty... */
const agreed = 1.9;
/** ...or one witness swears to a chance of one in two thousand. */
const sworn = 3.3;
/** A score from here on is an alarm. */
export const alarmFrom = 1 - 10 ** -agreed;

/** The band holds all but this share of the samples. */
const outsideBand = 0.01;
/** Below this share of the signal's size, differences are rounding. */
const rounding = 1e-9;
const largest = 1e30;
/** A signal that moves this much less than usual is not told from one that stands still. */
const stillest = 2 ** -10;

/** How much all parts of a detector hold. */
const floats = seasonNames.reduce((sum, name) => sum + Season.floats(name), views.length * Rarity.floats + Memory.floats);

const each = <Name extends string, T>(names: readonly Name[], make: (name: Name) => T) =>
  Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, T>;

/**
 * A streaming detector of the unusual for one signal: nothing to set, bounded memory, each sample judged before it is learned.
 * Six views tell how rare a sample is among all before: its departure from what the time of day leads to expect, with weekends apart
 * and by weekday, briefly and lasting; the calm it comes out of; a situation never met. Their mean decides, which for independent views
 * would be Fisher's method (1925). A jump, or a noise, that is much rarer still decides alone.
 * @param from how rare the views must agree a sample is, as minus the decimal logarithm of its chance
 */
export function createUnusual(saved?: UnusualState, from = agreed): Detector {
  // One block for all parts: thirteen small ones would weigh twice as much.
  const block = new Float32Array(floats);
  let taken = 0;
  const room = (size: number) => {
    taken += size;
    return block.subarray(taken - size, taken);
  };
  const seasons = each(seasonNames, (name) => new Season(name, saved?.seasons[name], room(Season.floats(name))));
  const rarities = each(views, (view) => new Rarity(saved?.rarities[view], room(Rarity.floats)));
  const memory = new Memory(saved?.memory, room(Memory.floats));
  const announcer = createAnnouncer(from, saved?.announcer);
  const running: Running = saved ? { ...saved.running } : { ...each(Object.keys(spans) as Mean[], () => 0), seen: 0, origin: 0, value: 0 };
  let newest = saved?.at ?? Number.NEGATIVE_INFINITY;
  const alarm = 1 - 10 ** -from;

  /** Moves a running mean towards a value and returns it. */
  const follow = (mean: Mean, value: number, span = spans[mean]) => {
    running[mean] += (value - running[mean]) / span;
    return running[mean];
  };
  /** The same for a mean that has no natural beginning: it is plain until its span is full. */
  const average = (mean: Mean, value: number) => follow(mean, value, Math.min(running.seen, spans[mean]));

  /** How rare the calm is, as the inverse of how much the signal moves; one that never moved has none. */
  const calm = (jump: number, smallest: number) => {
    const usual = average('usualJump', jump);
    const restless = average('restless', jump);
    return usual > smallest ? rarities.calm.learn(1 / Math.max(restless, stillest * usual)) : 0;
  };

  return {
    observe(at, sample) {
      const value = Math.min(largest, Math.max(-largest, sample));
      if (running.seen === 0) Object.assign(running, { origin: value, value });
      const x = value - running.origin;
      const daily = seasons['every day'].usual(at) ?? x;
      const usual = seasons['weekends apart'].usual(at) ?? daily;
      const width = rarities.band.exceededBy(outsideBand);
      const expected = { low: running.origin + usual - width, high: running.origin + usual + width };
      if (!(at > newest)) return { score: 0, ...expected };
      newest = at;
      running.seen++;

      const smallest = Math.max(rounding * average('scale', Math.abs(value)), 1 / largest);
      const rare = (view: View, size: number) => rarities[view].learn(Math.max(Math.abs(size), smallest));
      const byWeekday = seasons['each weekday'].usual(at) ?? daily;
      seasons['every day'].learn(at, x, daily);
      seasons['weekends apart'].learn(at, x, usual);
      seasons['each weekday'].learn(at, x, byWeekday);
      const jump = Math.abs(value - running.value);
      running.value = value;

      rare('band', x - usual);
      const mean =
        (rare('briefly', follow('briefly', x - usual)) +
          rare('lasting', follow('lasting', x - usual)) +
          rare('brieflyByWeekday', follow('brieflyByWeekday', x - byWeekday)) +
          rare('lastingByWeekday', follow('lastingByWeekday', x - byWeekday)) +
          calm(jump, smallest) +
          rare('situation', memory.learn(x, follow('course', x)))) /
        6;
      const witness = Math.max(rare('jump', jump), rare('noise', average('noise', jump)));
      const unusual = Math.max(mean, witness - (sworn - agreed));

      const announces = announcer.announces(at, unusual);
      const score = Math.max(0, 1 - 10 ** -unusual);
      const since = announcer.since();
      return { score: announces ? score : Math.min(score, alarm - Number.EPSILON), ...expected, ...(since !== undefined && { since }) };
    },
    restart() {
      newest = Number.NEGATIVE_INFINITY;
    },
    save: () => ({
      at: Number.isFinite(newest) ? newest : null,
      running: { ...running },
      seasons: each(seasonNames, (name) => seasons[name].save()),
      rarities: each(views, (view) => rarities[view].save()),
      memory: memory.save(),
      announcer: announcer.save(),
    }),
  };
}
