import { type Detector, finds, namedSignals, ofNumbers, ofUsual, type Pack } from '@wayside/packs';
import type { Signal, Value } from '@wayside/protocol';
import { planOf } from './plan.ts';
import type { Cell } from './probes/probe.ts';
import type { Room } from './room.ts';
import { createTrack, type Track } from './track.ts';
import { Watcher } from './watcher.ts';

/** Which detectors look at which signals of one thing. */
export type Assembly = {
  readonly tracks: ReadonlyMap<string, Track>;
  readonly watchers: readonly Watcher[];
  /** Stands for the thing as a whole: when anything at all was heard of it. */
  readonly silence: Track;
  trackOf(name: string): Track;
  /** The track of a signal as it comes; one that was never declared is looked at from now on, by the type of its first value. */
  meet(name: string, first: Value): Track;
  /** Lets every detector that learns on a signal that showed one of these symptoms begin anew. @returns whether there was any */
  learnAnew(mended: ReadonlySet<string>): boolean;
  /** Gives back the room it took. */
  release(): void;
};

/** Selectors look at so many signals of one thing. */
const mostFound = 128;

type Symptom = Pack['symptoms'][string];
const none: readonly Cell[] = [];

/**
 * Sets the detectors of a pack on the signals of a thing: those that name a signal on it, those with a selector on every signal it finds.
 * @param onWatcher told of each detector set, also later, when an undeclared signal is met
 */
export function assemble(
  symptoms: Pack['symptoms'],
  declared: Record<string, Signal>,
  room: Room,
  onWatcher: (watcher: Watcher) => void,
): Assembly {
  const tracks = new Map<string, Track>();
  const watchers: Watcher[] = [];
  const groups = new Map<Symptom, Cell[]>();
  const silence = createTrack('wayside.presence');
  const entries = Object.entries(symptoms);
  const selecting = entries.filter(([, { detect }]) => 'signal' in detect && typeof detect.signal === 'object');
  let found = 0;

  function trackOf(name: string): Track {
    let track = tracks.get(name);
    if (!track) {
      track = createTrack(name);
      tracks.set(name, track);
    }
    return track;
  }
  const cellOf = (name: string): Cell => trackOf(name).cell;

  function set(id: string, symptom: Symptom, track: Track): void {
    const watcher = new Watcher(planOf(id, symptom), track, { cellOf, siblings: siblingsOf(symptom, track), room });
    watchers.push(watcher);
    for (const one of new Set(tracksOf(watcher))) one.watchers.push(watcher);
    if (!watcher.probe) track.missed = true;
    onWatcher(watcher);
  }

  /** All signals it looks at. */
  const tracksOf = ({ track, plan }: Watcher): Track[] => [track, ...namedSignals(plan.detect).map(([, name]) => trackOf(name))];

  function siblingsOf(symptom: Symptom, { cell }: Track): readonly Cell[] {
    if (symptom.detect.kind !== 'shift' || !symptom.detect.minus) return none;
    const siblings = groups.get(symptom) ?? [];
    groups.set(symptom, siblings);
    siblings.push(cell);
    return siblings;
  }

  function select(name: string, signal: Pick<Signal, 'type' | 'kind' | 'unit' | 'counter'>): void {
    if (selecting.length === 0 || found++ >= mostFound) return;
    for (const [id, symptom] of selecting) {
      if (room.selected <= 0) return;
      if (!looksFor(symptom.detect, signal)) continue;
      room.selected--;
      set(id, symptom, trackOf(name));
    }
  }

  for (const [id, symptom] of entries) {
    if (!('signal' in symptom.detect)) set(id, symptom, silence);
    else if (typeof symptom.detect.signal === 'string') set(id, symptom, trackOf(symptom.detect.signal));
  }
  const byName = watchers.length;
  for (const [name, signal] of Object.entries(declared)) select(name, signal);

  return {
    tracks,
    watchers,
    silence,
    trackOf,
    meet(name, first) {
      const track = trackOf(name);
      if (!track.met && !Object.hasOwn(declared, name)) select(name, { type: typeof first as Signal['type'] });
      track.met = true;
      return track;
    },
    learnAnew(mended) {
      const showed = new Set(watchers.filter(({ symptom, state }) => state && mended.has(symptom)).flatMap(tracksOf));
      const learned = watchers.filter((one) => one.probe?.learns && tracksOf(one).some((track) => showed.has(track)));
      for (const one of learned) one.learnAnew({ cellOf, siblings: groups.get(symptoms[one.symptom]!) ?? none, room });
      return learned.length > 0;
    },
    release() {
      for (const { probe } of watchers) probe?.release?.();
      room.selected += watchers.length - byName;
    },
  };
}

const looksFor = (detect: Detector, signal: Pick<Signal, 'type' | 'kind' | 'unit' | 'counter'>): boolean =>
  'signal' in detect &&
  typeof detect.signal === 'object' &&
  finds(detect.signal, signal) &&
  (signal.type === 'number' || !ofNumbers.has(detect.kind)) &&
  !(signal.counter && ofUsual.has(detect.kind));
