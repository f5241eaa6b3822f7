import { type Value, value } from '@wayside/protocol';
import { z } from 'zod';
import type { Cell, Probe } from './probe.ts';

const saved = z.object({
  low: value.nullable(),
  high: value.nullable(),
  since: z.number().nullable(),
  longest: z.number(),
  moves: z.number(),
});

/** So often a signal must have moved before its own stays are a measure. */
const movesToLearn = 20;
/** With every move the longest stay loses a hundredth of its lead, so that one odd night does not count for ever. */
const forgets = 0.01;

/**
 * True while the value has stayed inside a band of `within`; with `times`, once it stayed so for that many times its own longest usual
 * stay. That it lasts `for` so long is the bank's business.
 */
export class Stuck implements Probe {
  private readonly cell: Cell;
  private readonly within: number;
  private readonly times: number;
  private low: Value | undefined;
  private high: Value | undefined;
  private since = Number.NaN;
  private longest = 0;
  private moves = 0;

  constructor(within: number, times: number, cell: Cell) {
    this.cell = cell;
    this.within = within;
    this.times = times;
  }

  judge(): boolean | undefined {
    const { value, at } = this.cell;
    if (value === undefined) return undefined;
    if (this.low === undefined) {
      this.begin(value, at);
      // The very first value starts the watch; any later one outside the band proves that it moves.
      return this.times > 0 ? undefined : true;
    }
    if (this.stays(value)) {
      if (this.times === 0) return true;
      return this.moves < movesToLearn ? undefined : at - this.since >= this.times * this.longest;
    }
    this.moves = Math.min(this.moves + 1, movesToLearn);
    this.longest = Math.max(at - this.since, this.longest - forgets * (this.longest - (at - this.since)));
    this.begin(value, at);
    return false;
  }

  private begin(value: Value, at: number): void {
    this.low = this.high = value;
    this.since = at;
  }

  private stays(value: Value): boolean {
    const { low, high } = this;
    if (typeof value !== 'number' || typeof low !== 'number' || typeof high !== 'number') return value === low;
    if (Math.max(high, value) - Math.min(low, value) > this.within) return false;
    this.low = Math.min(low, value);
    this.high = Math.max(high, value);
    return true;
  }

  reset(): void {
    this.low = this.high = undefined;
    this.since = Number.NaN;
  }

  save(): z.infer<typeof saved> {
    const { low, high, since, longest, moves } = this;
    return { low: low ?? null, high: high ?? null, since: Number.isNaN(since) ? null : since, longest, moves };
  }

  load(state: unknown): void {
    const { low, high, since, longest, moves } = saved.parse(state);
    Object.assign(this, { low: low ?? undefined, high: high ?? undefined, since: since ?? Number.NaN, longest, moves });
  }
}
