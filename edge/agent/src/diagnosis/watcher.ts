import { edgeSignals } from '@wayside/packs';
import type { Value } from '@wayside/protocol';
import type { Plan } from './plan.ts';
import { compileProbe, type Surroundings } from './probes/compile.ts';
import { compileConditions } from './probes/conditions.ts';
import { type Band, orNone, type Probe } from './probes/probe.ts';
import type { Judged, SymptomChange, SymptomState, WatcherState } from './symptom-state.ts';
import { knownToLearn, type Track } from './track.ts';

/** The clocks of a thing: the newest time it told, and the edge's own. */
export type Clocks = { newest: number; now: number };

/** A symptom that can no longer be judged (its conditions lapsed) stands this long by the thing's own clock; a silent thing is not a healed one. */
const unjudgedLasts = 30 * 60_000;
/** A symptom ends when it has been gone for its own `for`, at most this long. */
const clearsWithin = 10_000;

/** One detector on one signal of one thing: how long its symptom has shown, or been gone. */
export class Watcher {
  readonly plan: Plan;
  readonly track: Track;
  probe: Probe | undefined;
  /** Whose time it goes by: the samples', that in which the thing talks of anything at all, or the edge's. */
  readonly clock: 'samples' | 'talk' | 'edge';
  private readonly holds: (() => boolean) | undefined;
  state: SymptomState | undefined;
  /** The bank's own marks: judge it with this message; let time pass for it. */
  due = false;
  ticks = false;
  private trueSince = Number.NaN;
  private falseSince = Number.NaN;
  private absentAt = Number.NaN;

  constructor(plan: Plan, track: Track, surroundings: Surroundings) {
    const { detect, looksAtMarks } = plan;
    this.plan = plan;
    this.track = track;
    this.holds = 'while' in detect ? compileConditions(detect.while, surroundings.cellOf) : undefined;
    this.probe = compileProbe(detect, looksAtMarks ? track.marks : track.cell, surroundings);
    const ofEdge = detect.kind === 'silent' || Object.hasOwn(edgeSignals, track.name);
    this.clock = ofEdge ? 'edge' : detect.kind === 'missing' ? 'talk' : 'samples';
  }

  get symptom(): string {
    return this.plan.symptom;
  }

  /** Judges anew because one of its signals was heard. */
  observe(clocks: Clocks, changes: SymptomChange[]): void {
    // What is measured sample by sample goes by them, not by what else was heard meanwhile.
    const at = this.clock === 'edge' ? clocks.now : this.probe && !this.probe.timeless ? this.seenAt : clocks.newest;
    this.evaluate(at, clocks, changes);
  }

  /** Lets time pass. */
  tick(clocks: Clocks, changes: SymptomChange[]): void {
    if (!this.heard || this.isPlainlyThere(clocks)) return;
    if (this.clock !== 'samples') this.evaluate(this.clock === 'edge' ? clocks.now : clocks.newest, clocks, changes);
    else if (this.probe?.timeless) this.evaluate(this.time(clocks), clocks, changes);
    else this.expire(clocks.newest, changes);
  }

  /** What nearly every watcher of silence sees at nearly every tick. */
  private isPlainlyThere({ newest, now }: Clocks): boolean {
    if (this.probe || this.state?.active) return false;
    return (this.clock === 'edge' ? now : newest) - this.track.marks.at < this.plan.hold && Number.isNaN(this.trueSince);
  }

  /** Nothing was ever judged. */
  get untouched(): boolean {
    const { state, trueSince, falseSince, absentAt } = this;
    return !state && Number.isNaN(trueSince) && Number.isNaN(falseSince) && Number.isNaN(absentAt) && !this.heard;
  }

  /** It shows still, but its signal was heard since and could not be judged. */
  get lapsed(): boolean {
    return this.state?.active === true && this.seenAt > this.state.at;
  }

  get heard(): boolean {
    return !Number.isNaN(this.seenAt);
  }

  /** Does nothing come of it when time alone passes? */
  get settled(): boolean {
    if (this.clock !== 'samples') return false;
    return !this.state?.active && (Number.isNaN(this.trueSince) || !this.probe?.timeless);
  }

  /** Whether it shows, and when that was last judged, long enough that an absence says something. Undefined when it never was. */
  judged(clocks: Clocks): { active: boolean; at: number } | undefined {
    if (this.state?.active) return { active: true, at: this.state.at };
    if (!this.probe && this.isPlainlyThere(clocks)) this.absentAt = this.clock === 'edge' ? clocks.now : clocks.newest;
    else if (this.probe?.timeless && !Number.isNaN(this.falseSince))
      this.absent(Math.min(this.time(clocks), this.seenAt + this.plan.stale));
    return Number.isNaN(this.absentAt) ? undefined : { active: false, at: this.absentAt };
  }

  /** As `judged`, with the newest value it was judged by. */
  judgement(clocks: Clocks): Judged | undefined {
    const judged = this.judged(clocks);
    return judged && { ...judged, signal: this.track.name, ...this.valued() };
  }

  /** Begins anew to learn what is usual: what it knew was learned while something was wrong. */
  learnAnew(surroundings: Surroundings): void {
    if (this.plan.doubts && this.state?.active) this.track.doubted--;
    this.probe?.release?.();
    this.probe = compileProbe(this.plan.detect, this.plan.looksAtMarks ? this.track.marks : this.track.cell, surroundings);
    this.state = undefined;
    this.trueSince = this.falseSince = this.absentAt = Number.NaN;
  }

  forget(): void {
    this.probe?.reset();
    this.trueSince = this.falseSince = this.absentAt = Number.NaN;
  }

  /** When its signal last said something that it looks at. */
  private get seenAt(): number {
    return this.plan.looksAtMarks ? this.track.marks.at : this.track.cell.at;
  }

  private time({ newest, now }: Clocks): number {
    return this.plan.onChangeOnly ? Math.max(newest, Math.min(now, this.seenAt + this.plan.stale)) : newest;
  }

  private evaluate(at: number, clocks: Clocks, changes: SymptomChange[]): void {
    const shows = this.judge(at, clocks.newest);
    if (shows === undefined) {
      this.trueSince = this.falseSince = Number.NaN;
      this.expire(clocks.newest, changes);
    } else if (shows) this.present(at, changes);
    else {
      this.trueSince = Number.NaN;
      if (Number.isNaN(this.falseSince)) this.falseSince = at;
      if (this.plan.provedAtOnce) {
        if (this.state?.active) this.set(false, this.falseSince, changes);
        this.absentAt = at;
        return;
      }
      if (this.state?.active && at - this.falseSince >= Math.min(this.plan.hold, clearsWithin)) this.set(false, this.falseSince, changes);
      this.absent(at);
    }
  }

  private present(at: number, changes: SymptomChange[]): void {
    this.falseSince = Number.NaN;
    if (!this.plan.provedAtOnce) this.absentAt = Number.NaN;
    // What is missed has been so since it was last heard.
    if (Number.isNaN(this.trueSince)) this.trueSince = this.probe ? at : this.track.marks.at;
    if (!this.state?.active) {
      if (at - this.trueSince >= this.plan.hold) this.set(true, this.trueSince, changes);
      return;
    }
    this.state.at = this.seenAt;
    Object.assign(this.state, this.explained());
  }

  private absent(at: number): void {
    if (!this.state?.active && at - this.falseSince >= this.plan.hold) this.absentAt = at;
  }

  private expire(newest: number, changes: SymptomChange[]): void {
    if (!this.state?.active || newest - this.state.at <= unjudgedLasts) return;
    this.set(false, newest, changes);
    // When it is heard again, it has to last anew.
    this.trueSince = Number.NaN;
  }

  private judge(at: number, newest: number): boolean | undefined {
    // It went on without this for the whole span. What was never heard may not exist on this thing.
    if (!this.probe) {
      const { marks, pause, known } = this.track;
      if (Number.isNaN(marks.at) || (this.plan.times > 0 && known < knownToLearn)) return undefined;
      return at - marks.at >= Math.max(this.plan.hold, this.plan.times * pause);
    }
    if (this.holds && !this.holds()) {
      this.probe.reset();
      return undefined;
    }
    if (this.track.doubted > 0 && !this.plan.doubts) return undefined;
    // Over a long silence nobody knows whether a number stayed past its limit.
    if (this.clock === 'samples' && !this.plan.onChangeOnly && Math.max(at, newest) - this.seenAt > this.plan.stale) return undefined;
    return this.probe.judge(at);
  }

  private set(active: boolean, since: number, changes: SymptomChange[]): void {
    if (this.plan.doubts && active !== (this.state?.active ?? false)) this.track.doubted += active ? 1 : -1;
    this.state = { active, since, at: this.seenAt, signal: this.track.name, ...(active ? this.explained() : this.valued()) };
    changes.push({ symptom: this.symptom, ...this.state });
  }

  private valued(): { value?: Value } {
    const { value } = this.track.cell;
    return value === undefined ? {} : { value };
  }

  private explained(): { signal?: string; value?: Value; band?: Band; oneIn?: number } {
    const expected = this.probe?.expected?.();
    const oneIn = this.probe?.oneIn?.();
    return { ...this.valued(), ...(expected && { band: expected }), ...(oneIn && { oneIn }), ...this.probe?.points?.()[0] };
  }

  /** It on each signal on which it shows now: several where its detector points to several. */
  showing(): SymptomState[] {
    const { state } = this;
    if (!state?.active) return [];
    const points = this.probe?.points?.() ?? [];
    return points.length > 0 ? points.map((point) => ({ ...state, ...point })) : [{ ...state }];
  }

  save(): WatcherState {
    const { state, trueSince, falseSince, absentAt, probe } = this;
    return {
      state: state ?? null,
      trueSince: orNone(trueSince),
      falseSince: orNone(falseSince),
      absentAt: orNone(absentAt),
      probe: probe?.learns ? null : (probe?.save() ?? null),
    };
  }

  /** @throws when its probe is of another kind than the one that was saved */
  load({ state, trueSince, falseSince, absentAt, probe }: WatcherState): void {
    if (probe !== null) this.probe?.load(probe);
    this.state = state ?? undefined;
    if (this.plan.doubts && this.state?.active) this.track.doubted++;
    this.trueSince = trueSince ?? Number.NaN;
    this.falseSince = falseSince ?? Number.NaN;
    this.absentAt = absentAt ?? Number.NaN;
  }
}
