import type { DetectorOf } from '@wayside/packs';
import { z } from 'zod';
import { type Cell, ms, orNone, type Probe } from './probe.ts';

/** How many points a rate keeps, whatever the sampling: one mean per slice of the window. */
const slices = 32;
/** A slope is judged once the window is this full. */
const fullEnough = 0.8;

const slice = z.object({ from: z.number(), count: z.number(), time: z.number(), value: z.number() });
type Slice = z.infer<typeof slice>;
const saved = z.object({ window: z.array(slice).max(2 * slices), fed: z.number().nullable() });

/** Least-squares slope over the window, so that one noisy sample does not make a rate. */
export class Rate implements Probe {
  private readonly cell: Cell;
  private readonly over: number;
  private readonly per: number;
  private readonly high: number;
  private readonly low: number;
  private window: Slice[] = [];
  private fed = Number.NaN;

  constructor(detector: DetectorOf<'rate'>, cell: Cell) {
    this.cell = cell;
    this.over = ms(detector.over);
    this.per = ms(detector.per);
    this.high = detector.above ?? Number.POSITIVE_INFINITY;
    this.low = detector.below ?? Number.NEGATIVE_INFINITY;
  }

  judge(): boolean | undefined {
    const { value, at } = this.cell;
    if (typeof value !== 'number') return undefined;
    if (at - this.fed > this.over) this.window = [];
    if (at !== this.fed) this.feed(at, value);
    this.fed = at;
    const first = this.window[0];
    if (!first || at - first.from < this.over * fullEnough) return undefined;
    const slope = slopeOf(this.window) * this.per;
    return slope > this.high || slope < this.low;
  }

  private feed(at: number, value: number): void {
    const last = this.window.at(-1);
    if (last && at - last.from < this.over / slices) {
      last.count++;
      last.time += at - last.from;
      last.value += value;
    } else this.window.push({ from: at, count: 1, time: 0, value });
    while ((this.window[0]?.from ?? at) < at - this.over - this.over / slices) this.window.shift();
  }

  reset(): void {
    this.window = [];
    this.fed = Number.NaN;
  }

  save(): z.infer<typeof saved> {
    return { window: this.window, fed: orNone(this.fed) };
  }

  load(state: unknown): void {
    const { window, fed } = saved.parse(state);
    this.window = window;
    this.fed = fed ?? Number.NaN;
  }
}

function slopeOf(window: readonly Slice[]): number {
  const origin = window[0]?.from ?? 0;
  let [n, sumT, sumV, sumTT, sumTV] = [0, 0, 0, 0, 0];
  for (const { from, count, time, value } of window) {
    const t = from + time / count - origin;
    const v = value / count;
    n++;
    sumT += t;
    sumV += v;
    sumTT += t * t;
    sumTV += t * v;
  }
  const spread = n * sumTT - sumT * sumT;
  return spread === 0 ? 0 : (n * sumTV - sumT * sumV) / spread;
}
