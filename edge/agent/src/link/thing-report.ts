import type { ThingReport } from '@wayside/contract';
import type { KnownThing } from './registry.ts';

/** A thing in the words of reports. One that never described itself is shown under its id, as unknown. */
export function thingReport(thing: KnownThing): ThingReport {
  const { signals: _, actions: __, ...about } = thing.description ?? { title: thing.id, family: 'unknown' };
  return { id: thing.id, presence: thing.presence, ...about };
}
