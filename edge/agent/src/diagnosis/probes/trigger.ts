import { z } from 'zod';
import type { Band, Cell, Probe, Read } from './probe.ts';

type Limits = { above?: number | undefined; below?: number | undefined; clear?: number | undefined };

/** A Schmitt trigger: on past the limit, off past `clear`, so noise at the limit does not flutter. */
export class Trigger implements Probe {
  readonly timeless = true;
  private readonly cell: Cell;
  private readonly high: number;
  private readonly low: number;
  private readonly clearHigh: number;
  private readonly clearLow: number;
  private readonly minus: Read | undefined;
  private on = false;

  /** @param minus another signal that the limits are counted from */
  constructor({ above, below, clear }: Limits, cell: Cell, minus?: Read) {
    this.cell = cell;
    this.minus = minus;
    this.high = above ?? Number.POSITIVE_INFINITY;
    this.low = below ?? Number.NEGATIVE_INFINITY;
    // With both limits set, `clear` cannot mean both sides; the limits themselves then clear.
    const both = above !== undefined && below !== undefined;
    this.clearHigh = both || above === undefined ? this.high : (clear ?? this.high);
    this.clearLow = both || below === undefined ? this.low : (clear ?? this.low);
  }

  judge(): boolean | undefined {
    const { value } = this.cell;
    const from = this.minus ? this.minus() : 0;
    if (typeof value !== 'number' || from === undefined) return undefined;
    const number = value - from;
    this.on = number > this.high || number < this.low || (this.on && (number > this.clearHigh || number < this.clearLow));
    return this.on;
  }

  expected(): Band | undefined {
    const from = this.minus ? this.minus() : 0;
    if (from === undefined) return undefined;
    return { ...(Number.isFinite(this.low) && { low: from + this.low }), ...(Number.isFinite(this.high) && { high: from + this.high }) };
  }

  reset(): void {
    this.on = false;
  }

  save(): boolean {
    return this.on;
  }

  load(saved: unknown): void {
    this.on = z.boolean().parse(saved);
  }
}
