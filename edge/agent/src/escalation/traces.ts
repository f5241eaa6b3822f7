import type { FaultReport, Trace } from '@wayside/contract';
import type { Signal } from '@wayside/protocol';
import { localizedTitle } from '../packs/title.ts';
import type { History } from '../telemetry/history.ts';

const beforeMs = 15 * 60_000;
const maxPoints = 600;

/**
 * The signals that speak for the likeliest faults, as they ran around the moment: fifteen minutes before the first sign until now.
 * Thinned to 600 points a signal by keeping each bucket's lowest and highest, so that no spike is lost.
 */
export async function tracesAround(
  history: History,
  thing: string,
  faults: readonly FaultReport[],
  model: Record<string, Signal>,
  now: number,
): Promise<Trace[]> {
  const signals = new Set(faults.slice(0, 3).flatMap((f) => f.evidence.flatMap((e) => (e.signal ? [e.signal] : []))));
  if (signals.size === 0) for (const name of Object.keys(model).slice(0, 4)) signals.add(name);
  const from = Math.min(now, ...faults.slice(0, 3).map((f) => f.since)) - beforeMs;
  const traces: Trace[] = [];
  for (const signal of [...signals].slice(0, 8)) {
    const points = (await history.read(thing, signal, from, now)).flatMap(([at, value]): [number, number][] =>
      typeof value === 'string' ? [] : [[at, Number(value)]],
    );
    const declared = model[signal];
    if (points.length > 0)
      traces.push({
        signal,
        title: localizedTitle(declared?.title, signal),
        ...(declared?.unit ? { unit: declared.unit } : {}),
        points: thin(points),
      });
  }
  return traces;
}

/** Keeps the shape of a long trace in at most `maxPoints` points: the lowest and the highest of each bucket, in order. */
export function thin(points: [number, number][], limit = maxPoints): [number, number][] {
  if (points.length <= limit) return points;
  const size = Math.ceil(points.length / Math.floor(limit / 2));
  const kept: [number, number][] = [];
  for (let i = 0; i < points.length; i += size) {
    const bucket = points.slice(i, i + size);
    const low = bucket.reduce((a, b) => (b[1] < a[1] ? b : a));
    const high = bucket.reduce((a, b) => (b[1] > a[1] ? b : a));
    kept.push(...(low === high ? [low] : [low, high].sort((a, b) => a[0] - b[0])));
  }
  return kept;
}
