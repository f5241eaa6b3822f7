import type { DetectorOf } from '@wayside/packs';
import { z } from 'zod';
import { Learner } from './learner.ts';
import { Pace, paceState } from './pace.ts';
import { type Band, band, type Cell, ms, type Read } from './probe.ts';

const recentValues = 8;
const baseValues = 64;
/** The past is judged against once a quarter of it is there, and the present once it has so many values. */
const enough = { recent: 3, base: 16 };
/** The median absolute deviation times this is a standard deviation where values are normal (Rousseeuw and Croux 1993). */
const sigma = 1.4826;
/** Falls back below this share of the limit before the symptom ends. */
const clears = 0.7;

const saved = z.object({
  recent: z.array(z.tuple([z.number(), z.number()])).max(2 * recentValues),
  base: z.array(z.number()).max(baseValues),
  now: paceState,
  past: paceState,
  band: band.optional(),
});

/**
 * A level that moved: the median of the last while against median and median absolute deviation of the past, which no spike and no single
 * odd hour can pull. What never moved is shifted by its first move: give `by`, where the last digit of a steady sensor is no news. The past ends where the last while begins. When half of the past lies on the new level, that is the usual one.
 */
export class Shift extends Learner<typeof saved> {
  private readonly over: number;
  private readonly times: number;
  private readonly by: number;
  private readonly now: Pace;
  private readonly past: Pace;
  private recent: [at: number, value: number][] = [];
  private base: number[] = [];
  private band: Band | undefined;

  constructor({ over, against, times, by }: DetectorOf<'shift'>, cell: Cell, minus?: Read) {
    super(cell, saved, minus);
    this.over = ms(over);
    this.times = times;
    this.by = by;
    this.now = new Pace(this.over / recentValues);
    this.past = new Pace(ms(against) / baseValues);
  }

  protected take(at: number, number: number): void {
    const value = this.now.add(at, number);
    if (value === undefined) return;
    this.move(at, value);
    this.decide();
  }

  private move(at: number, value: number): void {
    this.recent.push([at, value]);
    while (this.recent.length > recentValues || (this.recent.length > enough.recent && at - this.recent[0]![0] > this.over)) {
      const [then, old] = this.recent.shift()!;
      const mean = this.past.add(then, old);
      if (mean === undefined) continue;
      this.base.push(mean);
      if (this.base.length > baseValues) this.base.shift();
    }
  }

  private decide(): void {
    if (this.base.length < enough.base || this.recent.length < enough.recent) {
      this.shows = undefined;
      return;
    }
    const usual = median(this.base);
    const spread = sigma * median(this.base.map((one) => Math.abs(one - usual)));
    const limit = Math.max(this.times * spread, this.by);
    this.band = { low: usual - limit, high: usual + limit };
    const away = Math.abs(median(this.recent.map(([, value]) => value)) - usual);
    this.shows = away > limit * (this.shows ? clears : 1);
  }

  expected(): Band | undefined {
    const from = this.countedFrom();
    return this.band && from !== undefined ? { low: this.band.low! + from, high: this.band.high! + from } : undefined;
  }

  protected breakOff(): void {
    this.recent = [];
    this.now.restart();
    this.past.restart();
  }

  protected remember(): z.infer<typeof saved> {
    const { recent, base, now, past, band } = this;
    return { recent, base, now: now.save(), past: past.save(), ...(band && { band }) };
  }

  protected recall({ now, past, ...rest }: z.infer<typeof saved>): void {
    this.now.load(now);
    this.past.load(past);
    Object.assign(this, rest);
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
