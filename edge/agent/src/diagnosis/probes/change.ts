import type { DetectorOf } from '@wayside/packs';
import { z } from 'zod';
import { Learner } from './learner.ts';
import { Pace, paceState } from './pace.ts';
import { type Band, type Cell, ms, orNone } from './probe.ts';

/** The mean and the deviation come from about so many values; older ones fade. */
const remembers = 2_000;
/** A single value counts for at most so many standard deviations: one spike is no change. */
const atMost = 4;
/** The sums stop at so many times the limit, so that a change that is over is seen to be over. */
const ceiling = 2;
/** Below this share of the limit the change is over. */
const clears = 0.5;
/** The band drawn, in standard deviations. */
const bandWidth = 3;

const saved = z.object({
  pace: paceState,
  n: z.number(),
  mean: z.number(),
  variance: z.number(),
  quantum: z.number(),
  last: z.number().nullable(),
  up: z.number(),
  down: z.number(),
  shown: z.number(),
});

/**
 * A mean that changed, also by little: the two-sided cumulative sum (Page, "Continuous inspection schemes", Biometrika 1954) in the
 * self-starting form of Hawkins ("Self-starting cusum charts for location and scale", The Statistician 1987): mean and deviation are learned
 * as it goes, each new value judged by those before it. While a change stands it is not learned; one that stood as long as was learned at
 * first is the new normal.
 */
export class ChangePoint extends Learner<typeof saved> {
  private readonly drift: number;
  private readonly limit: number;
  private readonly learn: number;
  private readonly pace: Pace;
  private n = 0;
  private mean = 0;
  private variance = 0;
  private quantum = 0;
  private last = Number.NaN;
  private up = 0;
  private down = 0;
  private shown = 0;

  constructor({ drift, limit, every, learn }: DetectorOf<'change'>, cell: Cell) {
    super(cell, saved);
    this.drift = drift;
    this.limit = limit;
    this.learn = ms(learn);
    this.pace = new Pace(ms(every));
  }

  protected take(at: number, number: number): void {
    const value = this.pace.add(at, number);
    if (value === undefined) return;
    const step = Math.abs(value - this.last);
    this.last = value;
    if (step > 0 && (this.quantum === 0 || step < this.quantum)) this.quantum = step;
    const away = standard(value - this.mean, Math.max(Math.sqrt(this.variance), this.quantum / 2), this.n);
    if (this.pace.span >= this.learn) {
      this.up = Math.min(Math.max(0, this.up + away - this.drift), ceiling * this.limit);
      this.down = Math.min(Math.max(0, this.down - away - this.drift), ceiling * this.limit);
      this.shows = Math.max(this.up, this.down) > this.limit * (this.shows ? clears : 1);
    }
    if (!this.shows) this.learnFrom(value);
    else if (++this.shown * this.pace.every >= this.learn) this.adopt(value);
  }

  private learnFrom(value: number): void {
    this.shown = 0;
    this.n = Math.min(this.n + 1, remembers);
    const step = value - this.mean;
    this.mean += step / this.n;
    this.variance += (step * (value - this.mean) - this.variance) / this.n;
  }

  private adopt(value: number): void {
    this.n = 1;
    this.mean = value;
    this.up = this.down = this.shown = this.pace.span = 0;
    this.shows = undefined;
  }

  expected(): Band | undefined {
    const width = bandWidth * Math.max(Math.sqrt(this.variance), this.quantum / 2);
    return { low: this.mean - width, high: this.mean + width };
  }

  protected breakOff(): void {
    this.pace.restart();
    this.last = Number.NaN;
    this.up = this.down = this.shown = 0;
  }

  protected remember(): z.infer<typeof saved> {
    const { pace, n, mean, variance, quantum, last, up, down, shown } = this;
    return { pace: pace.save(), n, mean, variance, quantum, last: orNone(last), up, down, shown };
  }

  protected recall({ pace, last, ...rest }: z.infer<typeof saved>): void {
    this.pace.load(pace);
    Object.assign(this, { ...rest, last: last ?? Number.NaN });
  }
}

/** A distance from the mean of `n` values as a standard normal deviate (Wallace 1959, for Student's t with n − 1 degrees of freedom). */
function standard(distance: number, deviation: number, n: number): number {
  if (n < 3 || deviation === 0) return 0;
  const t = distance / (deviation * Math.sqrt(1 + 1 / n));
  const freedom = n - 1;
  const normal = ((8 * freedom + 1) / (8 * freedom + 3)) * Math.sqrt(freedom * Math.log1p((t * t) / freedom));
  return Math.sign(t) * Math.min(normal, atMost);
}
