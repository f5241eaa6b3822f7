import { z } from 'zod';
import { orNone } from './probe.ts';

export const paceState = z.object({ fed: z.number().nullable(), count: z.number(), sum: z.number(), span: z.number(), values: z.number() });
export type PaceState = z.infer<typeof paceState>;

/** Samples come early by so much of the pace without waiting for the next turn: clocks are not that exact. */
const slack = 0.1;
/** A longer silence teaches no more than this, ms. */
const longestPause = 6 * 3_600_000;

/**
 * Slows a signal down to one value in `every`: the mean of all samples since the last, given out with the sample that fills the time, so a
 * fast signal costs little and a slow one does not wait. Counts for how long (ms of the samples' time) something was learned.
 */
export class Pace {
  readonly every: number;
  private fed = Number.NaN;
  private count = 0;
  private sum = 0;
  /** Of the samples' time so far, ms. */
  span = 0;
  values = 0;

  constructor(every: number) {
    this.every = every;
  }

  /** @returns the value whose turn it is, if it is one's */
  add(at: number, value: number): number | undefined {
    this.count++;
    this.sum += value;
    const waited = at - this.fed;
    if (waited < this.every * (1 - slack)) return undefined;
    const mean = this.sum / this.count;
    if (waited > 0) this.span += Math.min(waited, longestPause);
    this.values++;
    this.fed = at;
    this.count = this.sum = 0;
    return mean;
  }

  /** Begins a new turn; what was learned stays learned. */
  restart(): void {
    this.fed = Number.NaN;
    this.count = this.sum = 0;
  }

  save(): PaceState {
    const { fed, count, sum, span, values } = this;
    return { fed: orNone(fed), count, sum, span, values };
  }

  load(state: PaceState): void {
    const { fed, ...rest } = state;
    Object.assign(this, { fed: fed ?? Number.NaN, ...rest });
  }
}
