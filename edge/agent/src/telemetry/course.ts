import type { Value } from '@wayside/protocol';

/** One moment of one signal: epoch ms and value. */
export type Point = [at: number, value: Value];

/** Points of one signal as columns, oldest first. An hour of a signal is two blocks of memory instead of thousands of pairs, whose garbage would bring a collection now and then. */
export type Course = {
  readonly length: number;
  /** Epoch ms. */
  readonly times: Float64Array;
  /** Of each time its value; numbers alone where all are. */
  readonly values: Float64Array | readonly Value[];
};

/** The same as pairs, for who tells of a few, or of all. */
export function pointsOf({ length, times, values }: Course): Point[] {
  const points = new Array<Point>(length);
  for (let i = 0; i < length; i++) points[i] = [times[i]!, values[i]!];
  return points;
}

/** Columns that are filled in any order, and then made a course. */
export class Columns {
  /** How many are there. */
  length = 0;
  readonly times: Float64Array;
  readonly numbers: Float64Array;
  /** In place of the numbers, once there was a value that is none. */
  others: Value[] | undefined;

  /** @param most so many points fit */
  constructor(most: number) {
    this.times = new Float64Array(most);
    this.numbers = new Float64Array(most);
  }

  add(at: number, value: Value): void {
    this.times[this.length] = at;
    if (typeof value === 'number' && !this.others) this.numbers[this.length++] = value;
    else this.withOthers()[this.length++] = value;
  }

  /** The list for values of any kind: what was a number so far stands in it. */
  withOthers(): Value[] {
    this.others ??= Array.from(this.numbers.subarray(0, this.length));
    return this.others;
  }

  /** Those in [from, to], oldest first, each once; the newest `limit`. What comes in order, as nearly all does, is gone through once and not copied. */
  course(from: number, to: number, limit: number): Course {
    if (!this.keep((at) => at >= from && at <= to)) {
      this.sort();
      this.keep(() => true);
    }
    const begin = Math.max(0, this.length - limit);
    return {
      length: this.length - begin,
      times: this.times.subarray(begin, this.length),
      values: this.others ? this.others.slice(begin, this.length) : this.numbers.subarray(begin, this.length),
    };
  }

  /** In place: what stays moves up, and what is the same as the one before does not stay. @returns whether all that stay are in order */
  private keep(stays: (at: number) => boolean): boolean {
    const { times, length } = this;
    const values = this.others ?? this.numbers;
    let kept = 0;
    let ordered = true;
    for (let i = 0; i < length; i++) {
      const at = times[i]!;
      if (!stays(at)) continue;
      const before = kept > 0 ? times[kept - 1]! : Number.NEGATIVE_INFINITY;
      if (at === before && values[i] === values[kept - 1]) continue;
      if (at < before) ordered = false;
      if (kept < i) {
        times[kept] = at;
        values[kept] = values[i]!;
      }
      kept++;
    }
    this.length = kept;
    return ordered;
  }

  private sort(): void {
    const { times, length } = this;
    const values = this.others ?? this.numbers;
    const points = Array.from({ length }, (_, i): Point => [times[i]!, values[i]!]).sort((a, b) => a[0] - b[0]);
    for (const [i, [at, value]] of points.entries()) {
      times[i] = at;
      values[i] = value;
    }
  }
}
