import type { Sample, Signal, Telemetry } from '@wayside/protocol';
import type { Reading } from '../api/types.ts';
import type { Log } from '../log.ts';
import type { DerivedRoom } from './derived/derived.ts';
import { maxSignalsPerThing, samplesOf } from './door.ts';
import type { History } from './history.ts';

export type TelemetryRoom = {
  /** Takes one message in: its samples are passed on at once, and when this resolves they are on disk. */
  take(thing: string, message: Telemetry, receivedAt: number): Promise<void>;
  /** The newest reading of each signal of a thing. */
  latest(thing: string): ReadonlyMap<string, Reading>;
};

/**
 * From messages to samples that are remembered, passed on and stored.
 * @param modelOf the signals a thing declared, or its family did
 * @param derived what follows from a message's samples; stored and passed on with them
 * @param onSamples told of every message's samples, while they are on their way to the disk
 */
export function createTelemetry(
  history: History,
  modelOf: (thing: string) => Record<string, Signal>,
  derived: Pick<DerivedRoom, 'of'>,
  onSamples: (thing: string, samples: Sample[]) => void,
  log: Log,
): TelemetryRoom {
  const newest = new Map<string, Map<string, Reading>>();
  const warned = new Set<string>();

  const warnOnce = (thing: string, what: string) => {
    if (warned.size < 10_000 && !warned.has(thing + what)) {
      warned.add(thing + what);
      log.warn({ thing }, what);
    }
  };

  return {
    async take(thing, message, receivedAt) {
      const known = newest.get(thing) ?? new Map<string, Reading>();
      const measured = samplesOf(thing, message, receivedAt, modelOf(thing)).filter(
        (s) => known.has(s.signal) || known.size < maxSignalsPerThing,
      );
      if (measured.length < Object.keys(message.signals).length)
        warnOnce(thing, `more than ${maxSignalsPerThing} signals: the rest is refused`);
      if (measured[0]?.quality === 'suspect-time') warnOnce(thing, 'its clock is far from ours: its samples carry the time they came');
      const samples = [...measured, ...derived.of(thing, measured)];
      newest.set(thing, known);
      for (const s of samples) {
        const before = known.get(s.signal);
        if (!before || before.observedAt <= s.observedAt)
          known.set(s.signal, { value: s.value, observedAt: s.observedAt, receivedAt: s.receivedAt, quality: s.quality });
      }
      // The detectors do not wait for the disk, and a full one does not silence an alarm; what is not stored is not acknowledged, and comes again.
      onSamples(thing, samples);
      await history.write(samples);
    },
    latest: (thing) => newest.get(thing) ?? new Map(),
  };
}
