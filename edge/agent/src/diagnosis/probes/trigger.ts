import { z } from 'zod';
import type { Band, Probe, Read } from './probe.ts';

type Limits = { above?: number | undefined; below?: number | undefined; clear?: number | undefined };

/** A Schmitt trigger: on past the limit, off past `clear`, so noise at the limit does not flutter. */
export class Trigger implements Probe {
  readonly timeless = true;
  private readonly read: Read;
  private readonly high: number;
  private readonly low: number;
  private readonly clearHigh: number;
  private readonly clearLow: number;
  private readonly shift: Read | undefined;
  private on = false;

  /** @param shift what the limits are counted from, where that is another signal */
  constructor({ above, below, clear }: Limits, read: Read, shift?: Read) {
    this.read = read;
    this.shift = shift;
    this.high = above ?? Number.POSITIVE_INFINITY;
    this.low = below ?? Number.NEGATIVE_INFINITY;
    // With both limits set, `clear` cannot mean both sides; the limits themselves then clear.
    const both = above !== undefined && below !== undefined;
    this.clearHigh = both || above === undefined ? this.high : (clear ?? this.high);
    this.clearLow = both || below === undefined ? this.low : (clear ?? this.low);
  }

  judge(): boolean | undefined {
    const number = this.read();
    if (number === undefined) return undefined;
    this.on = number > this.high || number < this.low || (this.on && (number > this.clearHigh || number < this.clearLow));
    return this.on;
  }

  expected(): Band | undefined {
    const from = this.shift ? this.shift() : 0;
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
