import { type Value, value } from '@wayside/protocol';
import { z } from 'zod';
import { knownToLearn, longestPause } from '../track.ts';
import { type Cell, orNone, type Probe } from './probe.ts';

const saved = z.object({
  low: value.nullable(),
  high: value.nullable(),
  since: z.number().nullable(),
  heldAt: z.number().nullable(),
  longest: z.number(),
  moves: z.number(),
  known: z.number(),
});

/** So often a signal must have moved before its own stays are a measure. */
const movesToLearn = 20;

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
  private heldAt = Number.NaN;
  private longest = 0;
  private moves = 0;
  private known = 0;

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
      this.heldAt = at;
      if (this.times === 0) return true;
      return this.moves < movesToLearn || this.known < knownToLearn ? undefined : at - this.since >= this.times * this.longest;
    }
    this.moves = Math.min(this.moves + 1, movesToLearn);
    // Silence is no stay: nobody knows what it did meanwhile.
    const stay = Math.max(0, this.heldAt - this.since);
    this.longest = longestPause(this.longest, stay, stay, this.known);
    this.known += Math.max(0, at - this.since);
    this.begin(value, at);
    return false;
  }

  private begin(value: Value, at: number): void {
    this.low = this.high = value;
    this.since = this.heldAt = at;
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
    this.since = this.heldAt = Number.NaN;
  }

  save(): z.infer<typeof saved> {
    const { low, high, since, heldAt, longest, moves, known } = this;
    return { low: low ?? null, high: high ?? null, since: orNone(since), heldAt: orNone(heldAt), longest, moves, known };
  }

  load(state: unknown): void {
    const { low, high, since, heldAt, ...learned } = saved.parse(state);
    Object.assign(this, {
      low: low ?? undefined,
      high: high ?? undefined,
      since: since ?? Number.NaN,
      heldAt: heldAt ?? Number.NaN,
      ...learned,
    });
  }
}
