import type { DetectorOf } from '@wayside/packs';
import { z } from 'zod';
import { Rarity, rarityState } from '../unusual/rarity.ts';
import { Learner } from './learner.ts';
import { type Band, type Cell, ms, orNone } from './probe.ts';

/** The window is cut into so many parts, and judged anew whenever one is full. */
const parts = 8;
/** Fewer steps than this in a window say nothing of its noise. */
const enoughSteps = 8;
/** Noise falls back below this share of the limit before the symptom ends. */
const clears = 0.8;
/** The band drawn: so many standard deviations of the noise that is still allowed. */
const bandWidth = 3;

const part = z.object({ steps: z.number(), squares: z.number(), sum: z.number() });
type Part = z.infer<typeof part>;
const saved = z.object({
  window: z.array(part).max(parts),
  from: z.number().nullable(),
  last: z.number().nullable(),
  quantum: z.number(),
  span: z.number(),
  usual: rarityState,
  limit: z.number().nullable(),
});

/**
 * The noise of a signal: the root of half the mean squared step from one sample to the next (von Neumann, "Distribution of the ratio of
 * the mean square successive difference to the variance", 1941), which a slow course leaves alone. Its own usual is the median of all so
 * far, and never less than the smallest step the sensor can tell.
 */
export class Noisy extends Learner<typeof saved> {
  private readonly over: number;
  private readonly learn: number;
  private readonly above: number;
  private readonly times: number | undefined;
  private usual = new Rarity();
  private window: Part[] = [];
  private from = Number.NaN;
  private last = Number.NaN;
  private quantum = 0;
  private span = 0;
  private limit = Number.POSITIVE_INFINITY;

  constructor({ above, times, over, learn }: DetectorOf<'noisy'>, cell: Cell) {
    super(cell, saved);
    this.over = ms(over);
    this.learn = times === undefined ? 0 : ms(learn);
    this.above = above ?? 0;
    this.times = times;
  }

  protected take(at: number, value: number): void {
    if (at - this.from > this.over) this.breakOff();
    if (Number.isNaN(this.from)) this.begin(at);
    this.step(value);
    if (at - this.from >= this.over / parts) this.close(at);
  }

  private step(value: number): void {
    const now = this.window.at(-1)!;
    const step = Math.abs(value - this.last);
    this.last = value;
    now.sum += value;
    if (Number.isNaN(step)) return;
    now.steps++;
    now.squares += (step * step) / 2;
    if (step > 0 && (this.quantum === 0 || step < this.quantum)) this.quantum = step;
  }

  private begin(at: number): void {
    if (this.window.length === parts) this.window.shift();
    this.window.push({ steps: 0, squares: 0, sum: 0 });
    this.from = at;
  }

  private close(at: number): void {
    let [steps, squares] = [0, 0];
    for (const one of this.window) {
      steps += one.steps;
      squares += one.squares;
    }
    this.span += at - this.from;
    this.begin(at);
    if (steps < enoughSteps) return;
    const noise = Math.sqrt(squares / steps);
    const usual = Math.max(this.usual.exceededBy(0.5), this.quantum);
    if (noise > 0) this.usual.learn(noise);
    this.limit = Math.max(this.above, (this.times ?? 0) * usual);
    if (this.span < this.learn || this.limit === 0) this.shows = undefined;
    else this.shows = noise > this.limit * (this.shows ? clears : 1);
  }

  expected(): Band | undefined {
    let [steps, sum] = [0, 0];
    for (const one of this.window) {
      steps += one.steps;
      sum += one.sum;
    }
    if (steps === 0 || !Number.isFinite(this.limit)) return undefined;
    const middle = sum / steps;
    return { low: middle - bandWidth * this.limit, high: middle + bandWidth * this.limit };
  }

  protected breakOff(): void {
    this.window = [];
    this.from = this.last = Number.NaN;
    this.shows = undefined;
  }

  protected remember(): z.infer<typeof saved> {
    const { window, from, last, quantum, span, usual, limit } = this;
    return {
      window,
      from: orNone(from),
      last: orNone(last),
      quantum,
      span,
      usual: usual.save(),
      limit: Number.isFinite(limit) ? limit : null,
    };
  }

  protected recall({ usual, from, last, limit, ...rest }: z.infer<typeof saved>): void {
    this.usual = new Rarity(usual);
    this.limit = limit ?? Number.POSITIVE_INFINITY;
    Object.assign(this, { ...rest, from: from ?? Number.NaN, last: last ?? Number.NaN });
  }
}
