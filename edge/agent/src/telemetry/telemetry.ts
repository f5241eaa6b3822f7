import type { Sample, Signal } from '@wayside/protocol';
import type { Reading } from '../api/types.ts';
import type { Log } from '../log.ts';
import type { DerivedRoom } from './derived/derived.ts';
import { isBelievable, maxSignalsPerThing, samplesOf } from './door.ts';
import type { EarlyRow } from './early.ts';
import type { History } from './history.ts';
import { newPast, type ThingPast } from './past.ts';
import type { Row } from './row.ts';

export type TelemetryRoom = {
  /** Takes one message in: its samples are passed on at once, and when this resolves they are on disk. */
  take(thing: string, row: Row, receivedAt: number): Promise<void>;
  /**
   * Passes on, with all that follows from it, what was taken before it was known what the thing is. It is on disk as it came; what follows from it is
   * when this resolves.
   */
  again(thing: string, rows: readonly EarlyRow[]): Promise<void>;
  /** The newest reading of each signal of a thing. */
  latest(thing: string): ReadonlyMap<string, Reading>;
};

/**
 * From messages to samples that are remembered, passed on and stored.
 * @param modelOf the signals a thing declared, or its family did
 * @param derived what follows from a message's samples; stored and passed on with them
 * @param onSamples told of every message's samples, while they are on their way to the disk
 * @param doubted signals of a thing that its detectors say are not to be believed now
 */
export function createTelemetry(
  history: History,
  modelOf: (thing: string) => Record<string, Signal>,
  derived: Pick<DerivedRoom, 'of'>,
  onSamples: (thing: string, samples: Sample[]) => void,
  log: Log,
  doubted?: (thing: string) => ReadonlySet<string>,
): TelemetryRoom {
  const pasts = new Map<string, ThingPast>();
  const newest = new Map<string, Map<string, Reading>>();
  const warned = new Set<string>();

  const warnOnce = (thing: string, what: string) => {
    if (warned.size < 10_000 && !warned.has(thing + what)) {
      warned.add(thing + what);
      log.warn({ thing }, what);
    }
  };

  /** Passes a message on. @returns its samples, and what follows from them */
  function pass(thing: string, row: Row, receivedAt: number): { samples: Sample[]; following: Sample[] } {
    const known = newest.get(thing) ?? new Map<string, Reading>();
    const past = pasts.get(thing) ?? newPast();
    pasts.set(thing, past);
    const measured = samplesOf(thing, row, receivedAt, modelOf(thing), past, doubted?.(thing));
    if (measured.length < row.signals.length) warnOnce(thing, `more than ${maxSignalsPerThing} signals: the rest is refused`);
    if (measured[0]?.quality === 'suspect-time') warnOnce(thing, `${whyFar(row.at, receivedAt)}: its samples carry the time they came`);
    const following = derived.of(thing, measured);
    const samples = following.length > 0 ? [...measured, ...following] : measured;
    newest.set(thing, known);
    for (const sample of samples) if (sample.quality !== 'late' && sample.quality !== 'repeated') known.set(sample.signal, sample);
    // The detectors do not wait for the disk, and a full one does not silence an alarm; what is not stored is not acknowledged, and comes again.
    onSamples(thing, samples);
    return { samples, following };
  }

  return {
    take: (thing, row, receivedAt) => history.write(pass(thing, row, receivedAt).samples),
    again(thing, rows) {
      // The door judges by what came before, and this comes for the second time.
      pasts.delete(thing);
      const following = rows.flatMap(({ row, receivedAt }) => pass(thing, row, receivedAt).following);
      return following.length > 0 ? history.write(following) : Promise.resolve();
    },
    latest: (thing) => newest.get(thing) ?? new Map(),
  };
}

/** A clock that is wrong, or a time in seconds where milliseconds are meant, as makers often write it. */
const whyFar = (at: number | undefined, receivedAt: number): string =>
  at !== undefined && isBelievable(1_000 * at, receivedAt)
    ? '“at” is in milliseconds since 1970, and it seems to send seconds'
    : 'its clock is far from ours';
