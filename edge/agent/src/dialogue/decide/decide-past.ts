import type { FaultReport } from '@wayside/contract';
import type { KnownOf } from '../../advice/advice.ts';
import type { PastFault } from '../../diagnosis/memory.ts';
import type { Point } from '../../telemetry/course.ts';
import type { Done } from '../look-back.ts';
import { gravest } from './graveness.ts';
import type { Situation } from './situation.ts';

/** What is asked of a signal's past: what it was, its extremes or mean, or which way it goes. */
const figures = ['value', 'most', 'least', 'mean', 'trend', 'compare'] as const;
export type Figure = (typeof figures)[number];

/** Questions of what was. What the past holds is looked up after the decision (`look-back.ts`). */
export type PastMove =
  /** `from` equals `to` for a moment; epoch ms. */
  | {
      kind: 'read-past';
      signal: string;
      figure: Figure;
      from: number;
      to: number;
      points?: readonly Point[];
      /** Of a comparison: the last day. */
      lately?: readonly Point[];
    }
  /** How a figure is to be taken, the one given (`asked`: as it was said, where in another unit) or that of now: by the pack's limits, and by what the last day shows to be usual. */
  | { kind: 'judge'; signal: string; value?: number; asked?: string; points?: readonly Point[] }
  /** Whether others have the same, or it was recalled; `fault`: what shows now. */
  | { kind: 'known'; fault: FaultReport | undefined; issues?: readonly KnownOf[] }
  | {
      kind: 'look-back';
      /** `done`: what was done with it last, and when. */
      asks: 'since' | 'worse' | 'before' | 'done';
      fault: FaultReport | undefined;
      within?: { from: number; to: number };
      /** Of the signal that shows the fault most, since it does. */
      shown?: { signal: string; worse: 'up' | 'down' | undefined; points: readonly Point[] };
      faults?: readonly PastFault[];
      done?: Done | undefined;
    };

const trendMs = 30 * 60_000;
/** What is usual is looked for so far back. */
const usualMs = 8 * 86_400_000;

/** A signal as it was; undefined where it is asked as it is. */
export function readPast({ now }: Situation, slots: Record<string, string>): PastMove | undefined {
  const { signal = '' } = slots;
  const figure = figures.find((one) => one === slots.figure) ?? 'value';
  if (slots.figure === 'judge')
    return {
      kind: 'judge',
      signal,
      ...(slots.value === undefined ? {} : { value: Number(slots.value) }),
      ...(slots.asked === undefined ? {} : { asked: slots.asked }),
    };
  const within = withinOf(slots);
  if (within) return { kind: 'read-past', signal, figure, ...within };
  if (figure === 'compare') return { kind: 'read-past', signal, figure, from: now - usualMs, to: now };
  if (figure === 'value') return undefined;
  return { kind: 'read-past', signal, figure, from: figure === 'trend' ? now - trendMs : new Date(now).setHours(0, 0, 0, 0), to: now };
}

/** Since when it is so, whether it gets worse, whether it was so before. */
export function lookBackFor(
  { faults, now }: Situation,
  asks: Extract<PastMove, { kind: 'look-back' }>['asks'],
  slots: Record<string, string>,
): PastMove {
  const within = withinOf(slots) ?? lastHours(slots, now);
  return { kind: 'look-back', asks, fault: gravest(faults), ...(within ? { within } : {}) };
}

/** Who hands over a shift asks for its hours. */
function lastHours({ hours }: Record<string, string>, now: number) {
  return hours === undefined ? undefined : { from: now - Number(hours) * 3_600_000, to: now };
}

function withinOf({ from, to }: Record<string, string>) {
  return from === undefined || to === undefined ? undefined : { from: Number(from), to: Number(to) };
}
