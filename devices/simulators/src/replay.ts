import type { Presence, Sample } from '@wayside/protocol';
import { play, type SimulatedDtc, type SimulationOptions } from './play.ts';

export type ReplayOptions = SimulationOptions & {
  /** Epoch ms of the scenario's beginning. */
  start: number;
  /** The thing's id, instead of the scenario's. */
  thing?: string;
};

export type Replayed = { thing: string; at: number; samples: Sample[]; dtcs: SimulatedDtc[]; presence?: Presence };

/**
 * A scenario at full speed and without a broker, for checks and benches: all that an edge would hear of it, step by step.
 * Samples are `good`, observed and received at the same moment.
 */
export function* replay({ start, thing, ...options }: ReplayOptions): Generator<Replayed> {
  const name = thing ?? options.scenario.thing.id;
  for (const { t, signals, ...rest } of play(options)) {
    const at = start + t;
    const samples = Object.entries(signals).map(
      ([signal, value]): Sample => ({ thing: name, signal, value, observedAt: at, receivedAt: at, quality: 'good' }),
    );
    yield { thing: name, at, samples, ...rest };
  }
}

/** As `replay`, the samples alone. */
export function* replaySamples(options: ReplayOptions): Generator<Sample> {
  for (const { samples } of replay(options)) yield* samples;
}
