import { value } from '@wayside/protocol';
import { z } from 'zod';
import type { Assembly } from './assembly.ts';
import { watcherState } from './symptom-state.ts';
import type { Track } from './track.ts';
import type { Clocks, Watcher } from './watcher.ts';

/** JSON has no NaN: a time or value that is not there is null. */
const bankSnapshot = z.object({
  tracks: z.array(
    z.object({
      name: z.string(),
      value: value.nullable(),
      at: z.number().nullable(),
      mark: value.nullable(),
      heardAt: z.number(),
      pause: z.number(),
      known: z.number(),
    }),
  ),
  newest: z.number().nullable(),
  /** Of the thing as a whole. */
  silence: z.object({ pause: z.number(), known: z.number() }),
  states: z.array(z.object({ symptom: z.string(), signal: z.string(), state: watcherState })),
});
/** What the detectors of a thing know, without what was learned over days. Opaque to everyone but `loadBank`. */
export type BankSnapshot = z.infer<typeof bankSnapshot>;

/** What was learned over days of one signal, by the symptoms that learned it. */
export type LearnedOfSignal = Record<string, unknown>;

const saveTrack = ({ name, cell, marks, pause, known }: Track): BankSnapshot['tracks'][number] => ({
  name,
  value: cell.value ?? null,
  at: Number.isNaN(cell.at) ? null : cell.at,
  mark: marks.value ?? null,
  heardAt: marks.at,
  pause,
  known,
});

export const saveBank = ({ tracks, silence, watchers }: Assembly, { newest }: Clocks): BankSnapshot => ({
  tracks: [...tracks.values()].filter(({ marks }) => !Number.isNaN(marks.at)).map(saveTrack),
  newest: Number.isFinite(newest) ? newest : null,
  silence: { pause: silence.pause, known: silence.known },
  states: watchers
    .filter(({ untouched }) => !untouched)
    .map((watcher) => ({ symptom: watcher.symptom, signal: watcher.track.name, state: watcher.save() })),
});

/**
 * Goes on from a snapshot. A detector whose own part does not fit, because the pack has changed it, begins anew.
 * @returns the symptoms that began anew
 * @throws ZodError when it is no snapshot
 */
export function loadBank({ meet, trackOf, silence, watchers }: Assembly, clocks: Clocks, snapshot: unknown): string[] {
  const { tracks, newest, states, silence: ofThing } = bankSnapshot.parse(snapshot);
  for (const { name, value, at, mark, heardAt, pause, known } of tracks) {
    const track = value === null ? trackOf(name) : meet(name, value);
    Object.assign(track.cell, { value: value ?? undefined, at: at ?? Number.NaN });
    Object.assign(track.marks, { value: mark ?? undefined, at: heardAt });
    Object.assign(track, { pause, known });
  }
  clocks.newest = newest ?? Number.NEGATIVE_INFINITY;
  Object.assign(silence, ofThing);
  const saved = new Map(states.map(({ symptom, signal, state }) => [keyOf(symptom, signal), state]));
  return watchers.flatMap((watcher) => {
    const state = saved.get(keyOf(watcher.symptom, watcher.track.name));
    return state ? orAnew(watcher, () => watcher.load(state)) : [];
  });
}

/** By signal: of those heard since it was last taken, or of all. */
export function saveLearned({ watchers }: Assembly, all: boolean): [signal: string, learned: LearnedOfSignal][] {
  const bySignal = new Map<Track, LearnedOfSignal>();
  for (const { symptom, track, probe } of watchers) {
    if (!probe?.learns || Number.isNaN(track.marks.at) || (!all && track.marks.at === track.keptAt)) continue;
    bySignal.set(track, { ...bySignal.get(track), [symptom]: probe.save() });
  }
  return [...bySignal].map(([track, learned]) => {
    track.keptAt = track.marks.at;
    return [track.name, learned];
  });
}

/** As `loadBank`, for what was learned of one signal. */
export function loadLearned({ watchers }: Assembly, signal: string, learned: unknown): string[] {
  const bySymptom = z.record(z.string(), z.unknown()).parse(learned);
  return watchers.flatMap((watcher) => {
    const { probe, symptom, track } = watcher;
    const fits = probe?.learns && track.name === signal && bySymptom[symptom] !== undefined;
    return fits ? orAnew(watcher, () => probe.load(bySymptom[symptom])) : [];
  });
}

const keyOf = (symptom: string, signal: string) => `${symptom}\n${signal}`;

function orAnew(watcher: Watcher, load: () => void): string[] {
  try {
    load();
    return [];
  } catch {
    watcher.forget();
    return [watcher.symptom];
  }
}
