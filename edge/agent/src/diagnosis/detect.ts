import type { Pack } from '@wayside/packs';
import { type Value, value } from '@wayside/protocol';
import { z } from 'zod';
import { type Cell, compileConditions, compileProbe, ms, type Probe, staleAfter } from './probe.ts';

/** A value of a signal as the device saw it; `observedAt` is epoch ms. */
export type Observed = { signal: string; value: Value; observedAt: number };

/** Since when a symptom stands as it does, and the newest sample that says so. */
export type SymptomState = { active: boolean; since: number; at: number; value?: Value; signal: string };
export type SymptomChange = SymptomState & { symptom: string };

/** Opaque to everyone but `restore`. JSON has no NaN: a time before 1970 stands for it. */
const bankSnapshot = z.object({
  cells: z.array(z.tuple([z.string(), value, z.number()])),
  newest: z.number(),
  states: z.array(
    z.tuple([
      z.string(),
      z.object({
        state: z.object({ active: z.boolean(), since: z.number(), at: z.number(), value: value.optional(), signal: z.string() }).nullable(),
        trueSince: z.number(),
        falseSince: z.number(),
        absentAt: z.number(),
        probe: z.unknown(),
      }),
    ]),
  ),
});
export type BankSnapshot = z.infer<typeof bankSnapshot>;

export type Bank = {
  /** Takes the samples of one message together, so that no detector sees half of it. Late and repeated ones change nothing. */
  observe(samples: Observed | readonly Observed[]): SymptomChange[];
  /** Lets time pass without samples: durations run out, missing signals are missed. */
  tick(now: number): SymptomChange[];
  state(): Map<string, SymptomState>;
  /** Symptoms that show, or whose signals were judged recently and long enough that their absence says something. */
  covered(): Set<string>;
  /** Whether each symptom shows, and when that was last judged by the thing's own clock; without those never judged. */
  judged(): Map<string, { active: boolean; at: number }>;
  snapshot(): BankSnapshot;
  /** Goes on from a snapshot. A detector whose own part does not fit (the pack has changed it) begins anew. @throws ZodError when it is none */
  restore(snapshot: unknown): void;
};

/** A sample older than the newest by no more than this came late; by more, the device's clock was set back and time starts anew. */
const lateWithin = 10 * 60_000;
/** How long an absence, once judged, still counts. */
const absenceLasts = 5 * 60_000;
/** A symptom that can no longer be judged (its conditions lapsed) stands this long by the thing's own clock; a silent thing is not a healed one. */
const unjudgedLasts = 30 * 60_000;
/** A symptom ends when it has been gone for its own `for`, at most this long. */
const clearsWithin = 10_000;

type Watcher = {
  symptom: string;
  signal: string;
  cell: Cell;
  hold: number;
  holds: () => boolean;
  probe: Probe | undefined;
  onChangeOnly: boolean;
  /** One movement proves that a signal is not stuck; for other kinds, absence must last as long as presence would have to. */
  provedAtOnce: boolean;
  state: SymptomState | undefined;
  trueSince: number;
  falseSince: number;
  absentAt: number;
};

/**
 * The detectors of one thing. Pure but for its own bounded state; time is the samples' own.
 * @param symptoms a pack's symptoms, already checked by its schema
 */
export function createBank(symptoms: Pack['symptoms']): Bank {
  const cells = new Map<string, Cell>();
  const cellOf = (signal: string): Cell => {
    let cell = cells.get(signal);
    if (!cell) {
      cell = { value: undefined, at: Number.NaN };
      cells.set(signal, cell);
    }
    return cell;
  };
  const watchers: Watcher[] = [];
  const bySignal = new Map<string, Watcher[]>();
  for (const [symptom, { detect }] of Object.entries(symptoms)) {
    const missing = detect.kind === 'missing';
    const watcher: Watcher = {
      symptom,
      signal: detect.signal,
      cell: cellOf(detect.signal),
      hold: ms(detect.for),
      holds: compileConditions(missing ? [] : detect.while, cellOf),
      probe: missing ? undefined : compileProbe(detect, cellOf),
      onChangeOnly: detect.kind === 'state',
      provedAtOnce: detect.kind === 'stuck',
      ...unknown(),
    };
    watchers.push(watcher);
    const touched = new Set([detect.signal, ...(missing ? [] : detect.while.map((condition) => condition.signal))]);
    if (detect.kind === 'difference') touched.add(detect.minus);
    for (const signal of touched) bySignal.set(signal, [...(bySignal.get(signal) ?? []), watcher]);
  }
  let newest = Number.NEGATIVE_INFINITY;

  const startAnew = () => {
    for (const cell of cells.values()) cell.at = Number.NaN;
    for (const watcher of watchers) {
      watcher.probe?.reset();
      Object.assign(watcher, unknown(), { state: watcher.state });
    }
    newest = Number.NEGATIVE_INFINITY;
  };

  return {
    observe(samples) {
      const changes: SymptomChange[] = [];
      const batch = Array.isArray(samples) ? (samples as readonly Observed[]) : [samples as Observed];
      const touched = new Set<Watcher>();
      for (const { signal, value, observedAt } of batch) {
        const watching = bySignal.get(signal);
        if (observedAt < newest - lateWithin) startAnew();
        if (observedAt > newest) newest = observedAt;
        if (!watching) continue;
        const cell = cellOf(signal);
        if (observedAt < cell.at) continue;
        cell.value = value;
        cell.at = observedAt;
        for (const watcher of watching) touched.add(watcher);
      }
      for (const watcher of touched) evaluate(watcher, newest, newest, changes);
      return changes;
    },
    tick(now) {
      const changes: SymptomChange[] = [];
      for (const watcher of watchers) {
        if (Number.isNaN(watcher.cell.at)) continue;
        if (watcher.probe && !watcher.probe.timeless) {
          expire(watcher, newest, changes);
          continue;
        }
        // A state is told when it changes, so it stands for a while in silence; a number must be heard again.
        const clock = watcher.onChangeOnly ? Math.max(newest, Math.min(now, watcher.cell.at + staleAfter(watcher.hold))) : newest;
        evaluate(watcher, clock, newest, changes);
      }
      return changes;
    },
    state: () => new Map(watchers.flatMap(({ symptom, state }) => (state ? [[symptom, { ...state }] as const] : []))),
    covered: () =>
      new Set(watchers.filter(({ state, absentAt }) => state?.active || newest - absentAt <= absenceLasts).map(({ symptom }) => symptom)),
    judged: () =>
      new Map(
        watchers.flatMap(({ symptom, state, absentAt }): [string, { active: boolean; at: number }][] => {
          if (state?.active) return [[symptom, { active: true, at: state.at }]];
          return Number.isNaN(absentAt) ? [] : [[symptom, { active: false, at: absentAt }]];
        }),
      ),
    snapshot: () => ({
      cells: [...cells].flatMap(([signal, { value, at }]) =>
        value === undefined || Number.isNaN(at) ? [] : [[signal, value, at] as [string, Value, number]],
      ),
      newest: Number.isFinite(newest) ? newest : 0,
      states: watchers.map(({ symptom, state, trueSince, falseSince, absentAt, probe }) => [
        symptom,
        {
          state: state ?? null,
          trueSince: or(trueSince),
          falseSince: or(falseSince),
          absentAt: or(absentAt),
          probe: probe?.save() ?? null,
        },
      ]),
    }),
    restore(snapshot) {
      const { cells: values, newest: time, states } = bankSnapshot.parse(snapshot);
      for (const [signal, value, at] of values) if (cells.has(signal)) Object.assign(cellOf(signal), { value, at });
      newest = time || Number.NEGATIVE_INFINITY;
      const saved = new Map(states);
      for (const watcher of watchers) {
        const kept = saved.get(watcher.symptom);
        if (!kept || (kept.state && kept.state.signal !== watcher.signal)) continue;
        try {
          if (kept.probe !== null) watcher.probe?.load(kept.probe);
        } catch {
          watcher.probe?.reset();
          continue;
        }
        watcher.state = kept.state ?? undefined;
        watcher.trueSince = kept.trueSince < 0 ? Number.NaN : kept.trueSince;
        watcher.falseSince = kept.falseSince < 0 ? Number.NaN : kept.falseSince;
        watcher.absentAt = kept.absentAt < 0 ? Number.NaN : kept.absentAt;
      }
    },
  };
}

const unknown = () => ({ state: undefined, trueSince: Number.NaN, falseSince: Number.NaN, absentAt: Number.NaN });

const or = (time: number) => (Number.isNaN(time) ? -1 : time);

function evaluate(watcher: Watcher, at: number, newest: number, changes: SymptomChange[]): void {
  const shows = judge(watcher, at, newest);
  const { state, hold } = watcher;
  if (shows === undefined) {
    watcher.trueSince = watcher.falseSince = Number.NaN;
    expire(watcher, newest, changes);
    return;
  }
  if (shows) {
    watcher.falseSince = Number.NaN;
    if (!watcher.provedAtOnce) watcher.absentAt = Number.NaN;
    if (Number.isNaN(watcher.trueSince)) watcher.trueSince = watcher.probe ? at : watcher.cell.at;
    if (state?.active) {
      state.at = watcher.cell.at;
      if (watcher.cell.value !== undefined) state.value = watcher.cell.value;
    } else if (at - watcher.trueSince >= hold) set(watcher, true, watcher.trueSince, changes);
    return;
  }
  watcher.trueSince = Number.NaN;
  if (Number.isNaN(watcher.falseSince)) watcher.falseSince = at;
  const gone = watcher.provedAtOnce ? Number.POSITIVE_INFINITY : at - watcher.falseSince;
  if (state?.active && gone >= Math.min(hold, clearsWithin)) set(watcher, false, watcher.falseSince, changes);
  if (!watcher.state?.active && gone >= hold) watcher.absentAt = at;
}

function expire(watcher: Watcher, newest: number, changes: SymptomChange[]): void {
  if (watcher.state?.active && newest - watcher.state.at > unjudgedLasts) set(watcher, false, newest, changes);
}

function judge(watcher: Watcher, at: number, newest: number): boolean | undefined {
  const { probe, cell } = watcher;
  // Missing: the thing went on talking for the whole span, this signal did not. One never heard may not exist on this thing.
  if (!probe) return Number.isNaN(cell.at) ? undefined : newest - cell.at >= watcher.hold;
  if (!watcher.holds()) {
    probe.reset();
    return undefined;
  }
  // Over a long silence nobody knows whether a number stayed past its limit.
  if (!watcher.onChangeOnly && at - cell.at > staleAfter(watcher.hold)) return undefined;
  return probe.judge(at);
}

function set(watcher: Watcher, active: boolean, since: number, changes: SymptomChange[]): void {
  const { cell, signal, symptom } = watcher;
  watcher.state = { active, since, at: cell.at, signal, ...(cell.value === undefined ? {} : { value: cell.value }) };
  changes.push({ symptom, ...watcher.state });
}
