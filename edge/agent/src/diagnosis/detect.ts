import { edgeSignals, type Pack } from '@wayside/packs';
import type { Quality, Signal, Value } from '@wayside/protocol';
import { Lateness } from '../telemetry/lateness.ts';
import { type Assembly, assemble } from './assembly.ts';
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
const nobody: ReadonlySet<string> = new Set();

/**
 * The detectors of one thing. Pure but for its own bounded state; time is the samples' own.
 * @param symptoms a pack's symptoms, already checked by its schema
 * @param declared the thing's signals; one it never declared is known by the type of its first value
 * @param room what all things of a site share
 */
export const createBank = (symptoms: Pack['symptoms'], declared: Record<string, Signal> = {}, room: Room = siteRoom()): Bank =>
  new ThingBank(symptoms, declared, room);

/** A class, not an object of functions: a site has a thousand of them, and each function of each would be one more thing to hold. */
class ThingBank implements Bank {
  private readonly clocks = { newest: Number.NEGATIVE_INFINITY, now: Number.NEGATIVE_INFINITY };
  private readonly lateness = new Lateness();
  private readonly ticking = new Set<Watcher>();
  private readonly assembly: Assembly;
  /** The tracks of the last message in its order: the next one nearly always has the same. */
  private readonly order: Track[] = [];
  /** Emptied by its count alone: a list cut to nothing would have to grow anew with every message. */
  private readonly due: Watcher[] = [];
  private dueCount = 0;
  private readonly news: SymptomChange[] = [];
  private heard = false;
  private tickedAt = Number.NEGATIVE_INFINITY;
  private doubts: ReadonlySet<string> = nobody;

  constructor(symptoms: Pack['symptoms'], declared: Record<string, Signal>, room: Room) {
    this.assembly = assemble(symptoms, declared, room, (watcher) => this.settle(watcher));
  }

  observe(samples: Observed | readonly Observed[]): readonly SymptomChange[] {
    const batch = Array.isArray(samples) ? (samples as readonly Observed[]) : [samples as Observed];
    if (batch.length === 0) return nothing;
    const { assembly, clocks, lateness, order } = this;
    const late = lateness.hear(batch[0]!.observedAt);
    if (late === 'very-late') return nothing;
    if (late === 'set-back') this.startAnew();
    this.heard = true;
    const talkedAt = clocks.newest;
    for (let i = 0; i < batch.length; i++) {
      const sample = batch[i]!;
      let track = order[i];
      if (track?.name !== sample.signal) {
        track = assembly.meet(sample.signal, sample.value);
        order[i] = track;
      }
      if (sample.observedAt > clocks.newest) clocks.newest = sample.observedAt;
      this.take(track, sample, talkedAt);
    }
    lateness.newest = clocks.newest;
    return this.judgeDue();
  }

  tell(signal: string, value: Value, now: number): readonly SymptomChange[] {
    const track = this.assembly.trackOf(signal);
    track.cell.value = value;
    this.clocks.now = track.cell.at = track.marks.at = now;
    this.call(track);
    return this.judgeDue();
  }

  tick(now: number): readonly SymptomChange[] {
    const { silence } = this.assembly;
    const { marks } = silence;
    const listened = now >= this.tickedAt && now - this.tickedAt <= unlistened;
    this.clocks.now = this.tickedAt = now;
    if (this.heard && listened) learnPause(silence, now - marks.at, now - marks.at);
    // After a restart, a sleep or a jump of the edge's own clock silence counts from here: nobody listened before.
    if (this.heard || !listened || Number.isNaN(marks.at)) marks.at = now;
    this.heard = false;
    for (const watcher of this.ticking) {
      watcher.tick(this.clocks, this.news);
      this.settle(watcher);
    }
    return this.taken();
  }

  state(): Map<string, SymptomState> {
    return statesOf(this.assembly.watchers);
  }

  showing(symptom: string): SymptomState[] {
    return this.assembly.watchers.flatMap((one) => (one.symptom === symptom ? one.showing() : []));
  }

  covered(): Set<string> {
    return coveredBy(this.assembly.watchers, this.clocks);
  }

  judged(): Map<string, Judged> {
    return judgedBy(this.assembly.watchers, this.clocks);
  }

  doubted(): ReadonlySet<string> {
    return this.doubts;
  }

  snapshot(): BankSnapshot {
    return saveBank(this.assembly, this.clocks);
  }

  learned(all = false): [signal: string, learned: LearnedOfSignal][] {
    return saveLearned(this.assembly, all);
  }

  restore(snapshot: unknown): string[] {
    const anew = loadBank(this.assembly, this.clocks, snapshot);
    this.lateness.newest = this.clocks.newest;
    this.settleAll();
    return anew;
  }

  restoreLearned(signal: string, learned: unknown): string[] {
    return loadLearned(this.assembly, signal, learned);
  }

  learnAnew(mended: ReadonlySet<string>): boolean {
    const any = this.assembly.learnAnew(mended);
    this.settleAll();
    return any;
  }

  release(): void {
    this.assembly.release();
  }

  /** Time passes only for those of whom something may come of it. */
  private settle(watcher: Watcher): void {
    const ticks = !watcher.settled;
    if (ticks === watcher.ticks) return;
    watcher.ticks = ticks;
    if (ticks) this.ticking.add(watcher);
    else this.ticking.delete(watcher);
  }

  private settleAll(): void {
    for (const watcher of this.assembly.watchers) this.settle(watcher);
    this.findDoubted();
  }

  private take(track: Track, { value, observedAt, quality }: Observed, talkedAt: number): void {
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
    this.call(track);
  }

  private call(track: Track): void {
    for (const watcher of track.watchers) {
      if (watcher.due) continue;
      watcher.due = true;
      this.due[this.dueCount++] = watcher;
    }
  }

  private judgeDue(): readonly SymptomChange[] {
    for (let i = 0; i < this.dueCount; i++) {
      const watcher = this.due[i]!;
      watcher.due = false;
      watcher.observe(this.clocks, this.news);
      this.settle(watcher);
    }
    this.dueCount = 0;
    return this.taken();
  }

  private taken(): readonly SymptomChange[] {
    if (this.news.length === 0) return nothing;
    this.findDoubted();
    return this.news.splice(0);
  }

  private findDoubted(): void {
    const names = [...this.assembly.tracks.values()].flatMap((track) => (track.doubted > 0 ? [track.name] : []));
    this.doubts = names.length > 0 ? new Set(names) : nobody;
  }

  private startAnew(): void {
    const { tracks, watchers } = this.assembly;
    for (const { name, cell, marks } of tracks.values()) if (!Object.hasOwn(edgeSignals, name)) cell.at = marks.at = Number.NaN;
    for (const watcher of watchers) if (watcher.clock !== 'edge') watcher.forget();
    this.clocks.newest = Number.NEGATIVE_INFINITY;
  }
}
