import type { Detector } from '@wayside/packs';
import type { Room } from '../room.ts';
import { ChangePoint } from './change.ts';
import { Noisy } from './noisy.ts';
import { OffSeason } from './off-season.ts';
import { OutOfTheUsual } from './out-of-the-usual.ts';
import { type Cell, ms, type Probe, type Read, staleAfter } from './probe.ts';
import { Rate } from './rate.ts';
import { Shift } from './shift.ts';
import { InState } from './state.ts';
import { Stuck } from './stuck.ts';
import { Together } from './together.ts';
import { Trigger } from './trigger.ts';

/** What a probe may look at beside its own signal. */
export type Surroundings = {
  cellOf(signal: string): Cell;
  /** The cells of all signals that the same selector finds, the own among them; it grows as they appear. */
  siblings: readonly Cell[];
  room: Room;
};

/** Of fewer nobody can tell which one lies. */
const enoughSiblings = 3;

/**
 * The probe of a detector on one signal. Undefined for what the bank judges by its own clocks: missing, silent.
 * @param cell the signal's own; for `quality`, the cell that holds its marks
 */
export function compileProbe(detector: Detector, cell: Cell, { cellOf, siblings, room }: Surroundings): Probe | undefined {
  switch (detector.kind) {
    case 'limit':
      return new Trigger(detector, cell);
    case 'difference': {
      const minus = cellOf(detector.minus);
      const stale = staleAfter(ms(detector.for));
      return new Trigger(detector, cell, () =>
        typeof minus.value === 'number' && Math.abs(cell.at - minus.at) <= stale ? minus.value : undefined,
      );
    }
    case 'state':
      return new InState(detector.states, cell);
    case 'quality':
      return new InState(detector.marks, cell);
    case 'rate':
      return new Rate(detector, cell);
    case 'stuck':
      return new Stuck(detector.within, detector.times, cell);
    case 'noisy':
      return new Noisy(detector, cell);
    case 'shift':
      return new Shift(detector, cell, detector.minus && medianOf(cell, siblings, ms(detector.over)));
    case 'change':
      return new ChangePoint(detector, cell);
    case 'season':
      return new OffSeason(detector, cell);
    case 'unusual':
      return new OutOfTheUsual(detector, cell, room);
    case 'together':
      return new Together(detector, cellOf, room);
    case 'missing':
    case 'silent':
      return undefined;
  }
}

/** The median of what the siblings, the own among them, said not longer than `within` ago: one that lies cannot move it. */
const medianOf =
  (own: Cell, siblings: readonly Cell[], within: number): Read =>
  () => {
    const values: number[] = [];
    for (const { value, at } of siblings) if (typeof value === 'number' && Math.abs(own.at - at) <= within) values.push(value);
    if (values.length < enoughSiblings) return undefined;
    values.sort((a, b) => a - b);
    return (values[(values.length - 1) >> 1]! + values[values.length >> 1]!) / 2;
  };
