import type { DtcReport, FaultReport } from '@wayside/contract';
import type { Signal } from '@wayside/protocol';
import type { KnownThing } from '../link/registry.ts';
import { thingReport } from '../link/thing-report.ts';
import { localizedTitle } from '../packs/title.ts';
import type { Reading, ThingView } from './types.ts';

/** A reading alone, whatever else its sample says. */
const readingOf = (from: Reading | undefined): Reading | null =>
  from ? { value: from.value, observedAt: from.observedAt, receivedAt: from.receivedAt, quality: from.quality } : null;

/** A thing with its newest readings. Signals that were heard but never declared are shown too. */
export function thingView(
  thing: KnownThing,
  model: Record<string, Signal>,
  latest: ReadonlyMap<string, Reading>,
  dtcs: DtcReport[],
  faults: FaultReport[],
  moving: ThingView['moving'],
): ThingView {
  const signals: ThingView['signals'] = {};
  for (const [name, declared] of Object.entries(model))
    signals[name] = { ...declared, title: localizedTitle(declared.title, name), latest: readingOf(latest.get(name)) };
  for (const [name, reading] of latest) {
    signals[name] ??= { title: localizedTitle(undefined, name), type: typeof reading.value as Signal['type'], latest: readingOf(reading) };
  }
  return {
    ...thingReport(thing),
    lastSeen: thing.lastSeen,
    signals,
    dtcs,
    faults,
    ...(moving ? { moving: { signal: moving.signal, above: moving.above } } : {}),
  };
}
