import type { Sample } from '@wayside/protocol';
import type { Reading } from '../api/types.ts';
import type { Events } from '../events.ts';

/** How often readings are told, ms: nobody reads faster, and no tablet should have to draw faster. */
export const readingsEveryMs = 250;

export type ReadingsRoom = {
  /** Notes the samples of one message. */
  hear(thing: string, samples: readonly Sample[]): void;
  /** Tells the newest reading of every signal heard since it was last called; call every `readingsEveryMs`. */
  tell(): void;
};

/** The newest readings for whoever listens: one event for each thing that spoke, however often it did. */
export function createReadings(events: Pick<Events, 'isHeard' | 'tellSite'>): ReadingsRoom {
  const waiting = new Map<string, Map<string, Sample>>();
  return {
    hear(thing, samples) {
      if (!events.isHeard('readings')) return;
      const signals = waiting.get(thing) ?? new Map<string, Sample>();
      waiting.set(thing, signals);
      for (const sample of samples) {
        const newest = signals.get(sample.signal);
        if (!newest || newest.observedAt <= sample.observedAt) signals.set(sample.signal, sample);
      }
    },
    tell() {
      for (const [thing, samples] of waiting) {
        const signals: Record<string, Reading> = {};
        for (const [signal, { value, observedAt, receivedAt, quality }] of samples)
          signals[signal] = { value, observedAt, receivedAt, quality };
        events.tellSite({ event: 'readings', data: { thing, signals } });
      }
      waiting.clear();
    },
  };
}
