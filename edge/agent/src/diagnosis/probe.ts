import type { Condition, Detector } from '@wayside/packs';
import { parseSpan, type Value, value } from '@wayside/protocol';
import { z } from 'zod';

/** The newest value of a signal and when the device saw it (epoch ms); NaN before the first. */
export type Cell = { value: Value | undefined; at: number };
export type Cells = (signal: string) => Cell;

/**
 * One detector's test, compiled: no name is looked up while samples flow.
 * `judge` says whether the symptom shows at `at`, or undefined while it cannot tell. `reset` forgets what was measured so far.
 */
export type Probe = {
  judge(at: number): boolean | undefined;
  reset(): void;
  save(): unknown;
  /** @throws ZodError when it was saved by a probe of another kind */
  load(saved: unknown): void;
  /** May be asked again without a new sample, because it looks at newest values only. */
  readonly timeless: boolean;
};

/** Milliseconds of a pack's span, which the pack's schema has already checked. */
export const ms = (span: string): number => parseSpan(span) ?? 0;

/** Two values farther apart than this in time are not compared, nor is a state carried over so long a silence. */
export const staleAfter = (hold: number): number => Math.max(hold, 5 * 60_000);

/** A test that every condition holds on the newest values; one never heard does not hold. */
export function compileConditions(conditions: readonly Condition[], cells: Cells): () => boolean {
  const tests = conditions.map((condition) => compileCondition(condition, cells(condition.signal)));
  return () => {
    for (const test of tests) if (!test()) return false;
    return true;
  };
}

function compileCondition({ above, below, is, isNot }: Condition, cell: Cell): () => boolean {
  if (above !== undefined) return () => typeof cell.value === 'number' && cell.value > above;
  if (below !== undefined) return () => typeof cell.value === 'number' && cell.value < below;
  if (is !== undefined) return () => cell.value === is;
  return () => cell.value !== undefined && cell.value !== isNot;
}

/** The probe of a detector of any kind but `missing`, which the bank judges by its own clock. */
export function compileProbe(detector: Exclude<Detector, { kind: 'missing' }>, cells: Cells): Probe {
  const cell = cells(detector.signal);
  switch (detector.kind) {
    case 'limit':
      return trigger(detector, detector.clear, () => (typeof cell.value === 'number' ? cell.value : undefined));
    case 'difference': {
      const minus = cells(detector.minus);
      const stale = staleAfter(ms(detector.for));
      return trigger(detector, undefined, () =>
        typeof cell.value === 'number' && typeof minus.value === 'number' && Math.abs(cell.at - minus.at) <= stale
          ? cell.value - minus.value
          : undefined,
      );
    }
    case 'state':
      return stateProbe(new Set(detector.states), cell);
    case 'rate':
      return rateProbe(detector, cell);
    case 'stuck':
      return stuckProbe(detector.within, cell);
  }
}

/** A Schmitt trigger: on past the limit, off past `clear`, so noise at the limit does not flutter. */
function trigger(limits: { above?: number; below?: number }, clear: number | undefined, read: () => number | undefined): Probe {
  const high = limits.above ?? Number.POSITIVE_INFINITY;
  const low = limits.below ?? Number.NEGATIVE_INFINITY;
  // With both limits set, `clear` cannot mean both sides; the limits themselves then clear.
  const both = limits.above !== undefined && limits.below !== undefined;
  const clearHigh = !both && limits.above !== undefined ? (clear ?? high) : high;
  const clearLow = !both && limits.below !== undefined ? (clear ?? low) : low;
  let on = false;
  return {
    judge() {
      const number = read();
      if (number === undefined) return undefined;
      on = number > high || number < low || (on && (number > clearHigh || number < clearLow));
      return on;
    },
    reset() {
      on = false;
    },
    save: () => on,
    load: (saved) => {
      on = z.boolean().parse(saved);
    },
    timeless: true,
  };
}

function stateProbe(states: Set<Value>, cell: Cell): Probe {
  return {
    judge: () => (cell.value === undefined ? undefined : states.has(cell.value)),
    reset() {},
    save: () => null,
    load() {},
    timeless: true,
  };
}

/** How many points a rate keeps, whatever the sampling: one mean per slice of the window. */
const slices = 32;
/** A slope is judged once the window is this full. */
const fullEnough = 0.8;

const slice = z.object({ from: z.number(), count: z.number(), time: z.number(), value: z.number() });
type Slice = z.infer<typeof slice>;
const rateState = z.object({ window: z.array(slice).max(2 * slices), fed: z.number().nullable() });

/** Least-squares slope over the window, so that one noisy sample does not make a rate. */
function rateProbe(detector: Extract<Detector, { kind: 'rate' }>, cell: Cell): Probe {
  const over = ms(detector.over);
  const per = ms(detector.per);
  const high = detector.above ?? Number.POSITIVE_INFINITY;
  const low = detector.below ?? Number.NEGATIVE_INFINITY;
  let window: Slice[] = [];
  let fed = Number.NaN;
  const feed = (at: number, value: number) => {
    const last = window.at(-1);
    if (last && at - last.from < over / slices) {
      last.count++;
      last.time += at - last.from;
      last.value += value;
    } else window.push({ from: at, count: 1, time: 0, value });
    while ((window[0]?.from ?? at) < at - over - over / slices) window.shift();
  };
  return {
    judge() {
      if (typeof cell.value !== 'number') return undefined;
      if (cell.at - fed > over) window = [];
      if (cell.at !== fed) feed(cell.at, cell.value);
      fed = cell.at;
      const first = window[0];
      if (!first || cell.at - first.from < over * fullEnough) return undefined;
      const slope = slopeOf(window) * per;
      return slope > high || slope < low;
    },
    reset() {
      window = [];
      fed = Number.NaN;
    },
    save: () => ({ window, fed: Number.isNaN(fed) ? null : fed }),
    load: (saved) => {
      const { window: kept, fed: at } = rateState.parse(saved);
      window = kept;
      fed = at ?? Number.NaN;
    },
    timeless: false,
  };
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

const stuckState = z.tuple([value.nullable(), value.nullable()]);

/** True while the value has stayed inside a band of `within`; how long is the bank's business. */
function stuckProbe(within: number, cell: Cell): Probe {
  let low: Value | undefined;
  let high: Value | undefined;
  return {
    judge() {
      const { value } = cell;
      if (value === undefined) return undefined;
      if (typeof value === 'number' && typeof low === 'number' && typeof high === 'number') {
        if (Math.max(high, value) - Math.min(low, value) <= within) {
          low = Math.min(low, value);
          high = Math.max(high, value);
          return true;
        }
      } else if (value === low) return true;
      const first = low === undefined;
      low = value;
      high = value;
      // The very first value starts the watch; any later one outside the band proves that it moves.
      return first;
    },
    reset() {
      low = undefined;
      high = undefined;
    },
    save: () => [low ?? null, high ?? null],
    load: (saved) => {
      const [a, b] = stuckState.parse(saved);
      low = a ?? undefined;
      high = b ?? undefined;
    },
    timeless: false,
  };
}
