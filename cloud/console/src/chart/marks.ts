import type { Band } from '@wayside/web/band';
import type { Handoff, Trace } from '../api/types.ts';

/** A moment worth a line across the charts. `at` is epoch ms; `label` names it where there is more than the kind to say. */
export type Mark = { at: number; kind: 'fault' | 'dtc' | 'handoff' | 'cited'; label?: string };

/** The first and last moment of all traces, epoch ms: one window for all charts, so that a moment is in one place. */
export function windowOf(traces: readonly Trace[]): [from: number, to: number] | undefined {
  const times = traces.flatMap(({ points }) => (points.length === 0 ? [] : [points[0]![0], points.at(-1)![0]]));
  return times.length === 0 ? undefined : [Math.min(...times), Math.max(...times)];
}

/** The moments of a case that fall inside the window, in order: the likeliest fault, each code, the handoff. */
export function marksOf(handoff: Pick<Handoff, 'faults' | 'dtcs' | 'at'>, window: [number, number] | undefined): Mark[] {
  if (window === undefined) return [];
  const fault = handoff.faults.toSorted((a, b) => b.probability - a.probability)[0];
  const marks: Mark[] = [
    ...(fault ? [{ at: fault.since, kind: 'fault' as const }] : []),
    ...handoff.dtcs.map((dtc) => ({ at: dtc.at, kind: 'dtc' as const, label: dtc.code })),
    { at: handoff.at, kind: 'handoff' },
  ];
  return marks.filter(({ at }) => at >= window[0] && at <= window[1]).sort((a, b) => a.at - b.at);
}

/** What was expected of a signal when it was found unusual, by the likeliest fault that says so. */
export function bandOf(signal: string, faults: Handoff['faults']): Band | undefined {
  const found = faults
    .toSorted((a, b) => b.probability - a.probability)
    .flatMap((fault) => fault.evidence)
    .find((one) => one.signal === signal && (one.low !== undefined || one.high !== undefined));
  return found && { low: found.low, high: found.high };
}

/** Traces in the order they matter: those the likeliest faults rest on first, the rest as they came. */
export function orderTraces(traces: readonly Trace[], faults: Handoff['faults']): Trace[] {
  const named = faults.toSorted((a, b) => b.probability - a.probability).flatMap((fault) => fault.evidence.map((each) => each.signal));
  const place = (trace: Trace) => {
    const at = named.indexOf(trace.signal);
    return at === -1 ? named.length : at;
  };
  return traces.toSorted((a, b) => place(a) - place(b));
}

/** The index of the point nearest in time; -1 when there are none. @param points sorted by time */
export function nearest(points: Trace['points'], at: number): number {
  let low = 0;
  let high = points.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (points[middle]![0] < at) low = middle + 1;
    else high = middle;
  }
  if (low > 0 && at - points[low - 1]![0] <= points[low]![0] - at) return low - 1;
  return points.length === 0 ? -1 : low;
}
