import type { FaultReport, Trace } from '@wayside/contract';
import { type Detector, namedSignals, type Pack } from '@wayside/packs';
import type { Signal } from '@wayside/protocol';
import { localizedTitle } from '../packs/title.ts';
import { pointsOf } from '../telemetry/course.ts';
import type { History } from '../telemetry/history.ts';

const beforeMs = 15 * 60_000;
const maxPoints = 600;
const maxTraces = 6;

/**
 * The signals that tell about these faults, most telling first: those that are evidence, those the pack's detectors would look at for these
 * faults even where nothing was found (an absence is worth seeing), then the family's own in their order.
 */
export function telling(faults: readonly FaultReport[], pack: Pack | undefined, model: Record<string, Signal>): string[] {
  const top = faults.slice(0, 3);
  const evidence = top.flatMap((fault) => fault.evidence.flatMap((e) => (e.signal ? [e.signal] : [])));
  const watched = top.flatMap((fault) =>
    Object.keys(pack?.faults[fault.fault]?.symptoms ?? {}).flatMap((symptom) => signalsOf(pack?.symptoms[symptom]?.detect)),
  );
  const numbers = Object.entries(model).flatMap(([name, { type }]) => (type === 'number' ? [name] : []));
  return [...new Set([...evidence, ...watched, ...numbers])];
}

const signalsOf = (detector: Detector | undefined): string[] => (detector ? namedSignals(detector).map(([, name]) => name) : []);

/**
 * Signals as they ran around the moment, from fifteen minutes before `since` (epoch ms) until now. A signal that never moved tells nothing and
 * is left out. Thinned to 600 points a signal by keeping each bucket's lowest and highest, so that no spike is lost.
 */
export async function tracesAround(
  history: History,
  thing: string,
  signals: readonly string[],
  model: Record<string, Signal>,
  since: number,
  now: number,
): Promise<Trace[]> {
  const traces: Trace[] = [];
  for (const signal of signals.slice(0, 16)) {
    if (traces.length === maxTraces) break;
    const points = pointsOf(await history.read(thing, signal, since - beforeMs, now)).flatMap(([at, value]): [number, number][] =>
      typeof value === 'string' ? [] : [[at, Number(value)]],
    );
    if (!points.some(([, value]) => value !== points[0]?.[1])) continue;
    const declared = model[signal];
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
