import { edgeSignals, type Pack } from '@wayside/packs';
import type { Quality, Signal, Value } from '@wayside/protocol';
import { Lateness } from '../telemetry/lateness.ts';
import { assemble } from './assembly.ts';
import { type BankSnapshot, type LearnedOfSignal, loadBank, loadLearned, saveBank, saveLearned } from './bank-state.ts';
import { type Room, siteRoom } from './room.ts';
import { coveredBy, judgedBy, statesOf } from './standing.ts';
import type { Judged, SymptomChange, SymptomState } from './symptom-state.ts';
import { isBelieved, isValue, learnPause, type Track } from './track.ts';
import type { Watcher } from './watcher.ts';

export type { BankSnapshot } from './bank-state.ts';
export type { Judged, SymptomChange, SymptomState } from './symptom-state.ts';

/** A value of a signal as the device saw it, with the door's mark; `observedAt` is epoch ms. */
export type Observed = { signal: string; value: Value; observedAt: number; quality?: Quality };

export type Bank = {
  /** Takes the samples of one message together, so that no detector sees half of it. Late and repeated ones change nothing. */
  observe(samples: Observed | readonly Observed[]): readonly SymptomChange[];
  /** Takes what the edge itself knows of the thing (`edgeSignals`), by the edge's clock. */
  tell(signal: string, value: Value, now: number): readonly SymptomChange[];
  /** Lets time pass without samples: durations run out, missing signals are missed. */
  tick(now: number): readonly SymptomChange[];
  /** Each symptom that was ever judged; of one that shows on several signals, where it has shown longest. */
  state(): Map<string, SymptomState>;
  /** A symptom on each signal on which it shows. */
  showing(symptom: string): SymptomState[];
  /** Symptoms that show, or whose signals were judged recently and long enough that their absence says something. */
  covered(): Set<string>;
  /** Whether each symptom shows, when that was last judged by the thing's own clock and on what; without those never judged. */
  judged(): Map<string, Judged>;
  /** Signals that are not to be believed now. */
  doubted(): ReadonlySet<string>;
  snapshot(): BankSnapshot;
  learned(all?: boolean): [signal: string, learned: LearnedOfSignal][];
  /** Each returns the symptoms whose own part did not fit and begin anew. @throws ZodError when it is nothing that was saved here */
  restore(snapshot: unknown): string[];
  restoreLearned(signal: string, learned: unknown): string[];
  /** Forgets what was usual for the signals that showed one of these symptoms. @returns whether anything was learned of them */
  learnAnew(mended: ReadonlySet<string>): boolean;
  /** Gives back the room its detectors took. */
  release(): void;
};

/** Ticks come every second; when none came for so long, ms, the edge was not there to hear anybody. */
const unlistened = 5 * 60_000;
const nothing: readonly SymptomChange[] = [];

/**
 * The detectors of one thing. Pure but for its own bounded state; time is the samples' own.
 * @param symptoms a pack's symptoms, already checked by its schema
 * @param declared the thing's signals; one it never declared is known by the type of its first value
 * @param room what all things of a site share
 */
export function createBank(symptoms: Pack['symptoms'], declared: Record<string, Signal> = {}, room: Room = siteRoom()): Bank {
  const clocks = { newest: Number.NEGATIVE_INFINITY, now: Number.NEGATIVE_INFINITY };
  const lateness = new Lateness();
  const ticking = new Set<Watcher>();
  const assembly = assemble(symptoms, declared, room, settle);
  const { tracks, watchers, silence } = assembly;
  /** The tracks of the last message in its order: the next one nearly always has the same. */
  const order: Track[] = [];
  /** Emptied by its count alone: a list cut to nothing would have to grow anew with every message. */
  const due: Watcher[] = [];
  let dueCount = 0;
  const news: SymptomChange[] = [];
  let heard = false;
  let tickedAt = Number.NEGATIVE_INFINITY;
  let doubted: ReadonlySet<string> = new Set();

  /** Time passes only for those of whom something may come of it. */
  function settle(watcher: Watcher): void {
    const ticks = !watcher.settled;
    if (ticks === watcher.ticks) return;
    watcher.ticks = ticks;
    if (ticks) ticking.add(watcher);
    else ticking.delete(watcher);
  }

  function take(track: Track, { value, observedAt, quality }: Observed, talkedAt: number): void {
    const { cell, marks } = track;
    if (!isValue(value) || observedAt < marks.at || Number.isNaN(observedAt)) return;
    if (track.missed) learnPause(track, talkedAt - marks.at, observedAt - marks.at);
    // From one count to the next a counter that began anew would seem to fall.
    if (quality === 'counter-reset') for (const watcher of track.watchers) watcher.forget();
    marks.at = observedAt;
    marks.value = quality ?? 'good';
    if (isBelieved(quality)) {
      cell.value = value;
      cell.at = observedAt;
    }
    call(track);
  }

  function call(track: Track): void {
    for (const watcher of track.watchers) {
      if (watcher.due) continue;
      watcher.due = true;
      due[dueCount++] = watcher;
    }
  }

  function judgeDue(): readonly SymptomChange[] {
    for (let i = 0; i < dueCount; i++) {
      const watcher = due[i]!;
      watcher.due = false;
      watcher.observe(clocks, news);
      settle(watcher);
    }
    dueCount = 0;
    return taken();
  }

  function taken(): readonly SymptomChange[] {
    if (news.length === 0) return nothing;
    findDoubted();
    return news.splice(0);
  }

  function findDoubted(): void {
    doubted = new Set([...tracks.values()].flatMap((track) => (track.doubted > 0 ? [track.name] : [])));
  }

  function startAnew(): void {
    for (const { name, cell, marks } of tracks.values()) if (!Object.hasOwn(edgeSignals, name)) cell.at = marks.at = Number.NaN;
    for (const watcher of watchers) if (watcher.clock !== 'edge') watcher.forget();
    clocks.newest = Number.NEGATIVE_INFINITY;
  }

  return {
    observe(samples) {
      const batch = Array.isArray(samples) ? (samples as readonly Observed[]) : [samples as Observed];
      if (batch.length === 0) return nothing;
      const late = lateness.hear(batch[0]!.observedAt);
      if (late === 'very-late') return nothing;
      if (late === 'set-back') startAnew();
      heard = true;
      const talkedAt = clocks.newest;
      for (let i = 0; i < batch.length; i++) {
        const sample = batch[i]!;
        let track = order[i];
        if (track?.name !== sample.signal) {
          track = assembly.meet(sample.signal, sample.value);
          order[i] = track;
        }
        if (sample.observedAt > clocks.newest) clocks.newest = sample.observedAt;
        take(track, sample, talkedAt);
      }
      lateness.newest = clocks.newest;
      return judgeDue();
    },

    tell(signal, value, now) {
      const track = assembly.trackOf(signal);
      track.cell.value = value;
      clocks.now = track.cell.at = track.marks.at = now;
      call(track);
      return judgeDue();
    },

    tick(now) {
      const { marks } = silence;
      const listened = now >= tickedAt && now - tickedAt <= unlistened;
      clocks.now = tickedAt = now;
      if (heard && listened) learnPause(silence, now - marks.at, now - marks.at);
      // After a restart, a sleep or a jump of the edge's own clock silence counts from here: nobody listened before.
      if (heard || !listened || Number.isNaN(marks.at)) marks.at = now;
      heard = false;
      for (const watcher of ticking) {
        watcher.tick(clocks, news);
        settle(watcher);
      }
      return taken();
    },

    state: () => statesOf(watchers),
    showing: (symptom) => watchers.flatMap((one) => (one.symptom === symptom ? one.showing() : [])),
    covered: () => coveredBy(watchers, clocks),
    judged: () => judgedBy(watchers, clocks),
    doubted: () => doubted,
    snapshot: () => saveBank(assembly, clocks),
    learned: (all = false) => saveLearned(assembly, all),
    restore(snapshot) {
      const anew = loadBank(assembly, clocks, snapshot);
      lateness.newest = clocks.newest;
      watchers.forEach(settle);
      findDoubted();
      return anew;
    },
    restoreLearned: (signal, learned) => loadLearned(assembly, signal, learned),
    learnAnew(mended) {
      const any = assembly.learnAnew(mended);
      watchers.forEach(settle);
      findDoubted();
      return any;
    },
    release: assembly.release,
  };
}
