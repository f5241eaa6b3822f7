import type { SignalView, ThingView } from '../api/types.ts';

/**
 * The few signals worth a glance: those the evidence of active faults speaks of first, then the family's own in its own order;
 * only such as have a reading.
 */
export function keySignals(thing: ThingView, count: number): [string, SignalView][] {
  const heard = Object.entries(thing.signals).filter(([, signal]) => signal.latest);
  const suspected = new Set(thing.faults.flatMap((fault) => fault.evidence.flatMap((one) => (one.for && one.signal) || [])));
  const rank = ([name, signal]: [string, SignalView]) => (suspected.has(name) ? 0 : signal.type === 'number' ? 1 : 2);
  return heard.toSorted((a, b) => rank(a) - rank(b)).slice(0, count);
}
