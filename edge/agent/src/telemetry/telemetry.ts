import type { Sample, Signal, Telemetry } from '@wayside/protocol';
import type { Reading } from '../api/types.ts';
import type { Log } from '../log.ts';
import { maxSignalsPerThing, samplesOf } from './door.ts';
import type { History } from './history.ts';

export type TelemetryRoom = {
  /** Takes one message in. Resolves when its samples are on disk; only then does anyone below see them. */
  take(thing: string, message: Telemetry, receivedAt: number): Promise<void>;
  /** The newest reading of each signal of a thing. */
  latest(thing: string): ReadonlyMap<string, Reading>;
};

/**
 * From messages to samples that are stored, remembered and passed on.
 * @param modelOf the signals a thing declared, or its family did
 * @param onSamples told after the samples are stored
 */
export function createTelemetry(
  history: History,
  modelOf: (thing: string) => Record<string, Signal>,
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
      const samples = samplesOf(thing, message, receivedAt, modelOf(thing)).filter(
        (s) => known.has(s.signal) || known.size < maxSignalsPerThing,
      );
      if (samples.length < Object.keys(message.signals).length)
        warnOnce(thing, `more than ${maxSignalsPerThing} signals: the rest is refused`);
      if (samples[0]?.quality === 'suspect-time') warnOnce(thing, 'its clock is far from ours: its samples carry the time they came');
      await history.write(samples);
      newest.set(thing, known);
      for (const s of samples) {
        const before = known.get(s.signal);
        if (!before || before.observedAt <= s.observedAt)
          known.set(s.signal, { value: s.value, observedAt: s.observedAt, receivedAt: s.receivedAt, quality: s.quality });
      }
      onSamples(thing, samples);
    },
    latest: (thing) => newest.get(thing) ?? new Map(),
  };
}
