import type { DetectorOf } from '@wayside/packs';
import { z } from 'zod';
import { Rarity, rarityState } from '../unusual/rarity.ts';
import { Season } from '../unusual/season.ts';
import { Learner } from './learner.ts';
import { Pace, paceState } from './pace.ts';
import { type Band, band, type Cell, ms } from './probe.ts';

/** The departure that only this share of the values exceeds is the measure. */
const seldom = 0.01;
/** While the symptom shows only one departure in so many is learned: what is odd today is not usual tomorrow, what lasts for weeks is. */
const learnsSlowly = 10;
/** Falls back below this share of the limit before the symptom ends. */
const clears = 0.7;

const saved = z.object({
  pace: paceState,
  origin: z.number().nullable(),
  skipped: z.number(),
  daily: z.string(),
  weekends: z.string(),
  departures: rarityState,
  band: band.optional(),
});

/** A departure from what is usual at this half hour of the day (UTC), weekends apart, measured by the departures there were so far. */
export class OffSeason extends Learner<typeof saved> {
  private readonly times: number;
  private readonly by: number;
  private readonly learn: number;
  private readonly pace: Pace;
  private daily = new Season('every day');
  private weekends = new Season('weekends apart');
  private departures = new Rarity();
  private origin: number | undefined;
  private skipped = 0;
  private band: Band | undefined;

  constructor({ times, by, every, learn }: DetectorOf<'season'>, cell: Cell) {
    super(cell, saved);
    this.times = times;
    this.by = by;
    this.learn = ms(learn);
    this.pace = new Pace(ms(every));
  }

  protected take(at: number, number: number): void {
    const value = this.pace.add(at, number);
    if (value === undefined) return;
    // Counted from the first value, so that 32 bits tell small differences of a large number.
    this.origin ??= value;
    const x = value - this.origin;
    const daily = this.daily.usual(at) ?? x;
    const usual = this.weekends.usual(at) ?? daily;
    const away = Math.abs(x - usual);
    const limit = Math.max(this.times * this.departures.exceededBy(seldom), this.by);
    this.band = { low: this.origin + usual - limit, high: this.origin + usual + limit };
    this.shows = this.pace.span < this.learn ? undefined : limit > 0 && away > limit * (this.shows ? clears : 1);
    this.daily.learn(at, x, daily);
    this.weekends.learn(at, x, usual);
    if (away > 0 && (!this.shows || ++this.skipped % learnsSlowly === 0)) this.departures.learn(away);
  }

  expected(): Band | undefined {
    return this.band;
  }

  protected breakOff(): void {
    this.pace.restart();
  }

  protected remember(): z.infer<typeof saved> {
    const { pace, origin, skipped, daily, weekends, departures, band } = this;
    return {
      pace: pace.save(),
      origin: origin ?? null,
      skipped,
      daily: daily.save(),
      weekends: weekends.save(),
      departures: departures.save(),
      ...(band && { band }),
    };
  }

  protected recall({ pace, origin, skipped, daily, weekends, departures, band }: z.infer<typeof saved>): void {
    this.daily = new Season('every day', daily);
    this.weekends = new Season('weekends apart', weekends);
    this.departures = new Rarity(departures);
    this.pace.load(pace);
    this.origin = origin ?? undefined;
    this.skipped = skipped;
    this.band = band;
  }
}
