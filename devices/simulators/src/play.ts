import type { Scenario } from '@wayside/packs';
import { type DtcState, type Presence, parseSpan, type Value } from '@wayside/protocol';
import { type Change, type Channel, createChannel } from './channel.ts';
import { type Recording, rowAt } from './recording.ts';

export type SimulatedDtc = { code: string; state: DtcState; freezeFrame?: Record<string, Value> };

/** What a thing does at one moment of its scenario. Offline it says nothing; a code found meanwhile is said once it is back. */
export type Step = {
  /** ms since the scenario began */
  t: number;
  signals: Record<string, Value>;
  dtcs: SimulatedDtc[];
  /** Said where it changes, and at the first step. */
  presence?: Presence;
};

export type SimulationOptions = {
  scenario: Scenario;
  /** What `base.recording` names, read. */
  recording?: Recording | undefined;
  /** Instead of the scenario's own. */
  seed?: number | undefined;
};

/**
 * A scenario as a pure machine: no clock, no input or output; the same scenario, seed and commands give the same steps.
 * It goes on past the scenario's duration for as long as it is asked: recordings and waves begin again, changes stay.
 */
export function createSimulation({ scenario, recording, seed = scenario.seed }: SimulationOptions) {
  const every = parseSpan(scenario.every) as number;
  const duration = parseSpan(scenario.duration) as number;
  let timeline = scenario.timeline.map((change) => ({ ...change, t: parseSpan(change.at) as number })).sort((a, b) => a.t - b.t);
  const channels = new Map<string, Channel>();
  const codes = new Map<string, DtcState>();
  let nextT = 0;
  let done = 0;
  let online = true;
  let said: Presence | undefined;
  let found: { code: string; state: DtcState }[] = [];

  const channelOf = (name: string): Channel => {
    const known = channels.get(name) ?? createChannel(name, seed, scenario.base.signals[name]);
    channels.set(name, known);
    return known;
  };
  const recordedAt = (t: number): Record<string, Value> => (recording ? rowAt(recording, t) : {});
  for (const name of [...(recording ? new Set(recording.rows.flatMap(Object.keys)) : []), ...Object.keys(scenario.base.signals)])
    channelOf(name);

  const apply = (change: Change, t: number): void => {
    if (change.do === 'offline' || change.do === 'online') online = change.do === 'online';
    else if (change.do === 'dtc') {
      const { code, state } = change as { code: string; state: DtcState };
      const isNews = state === 'cleared' ? codes.has(code) : codes.get(code) !== state;
      if (isNews) found.push({ code, state });
      if (state === 'cleared') codes.delete(code);
      else codes.set(code, state);
    } else if (change.do === 'release' && change.signal === undefined) {
      for (const channel of channels.values()) channel.change(change, t, undefined);
    } else if (change.signal !== undefined) channelOf(change.signal).change(change, t, recordedAt(t)[change.signal]);
  };

  const mendingAll = (): Change[] => {
    const byCommand = new Set(Object.values(scenario.onCommand).flatMap((all) => all.flatMap(({ code }) => code ?? [])));
    return [
      ...[...new Set(scenario.timeline.flatMap(({ signal }) => signal ?? []))].map((signal) => ({
        do: 'release' as const,
        signal,
        over: '0s',
      })),
      ...[...codes.keys()]
        .filter((code) => !byCommand.has(code))
        .map((code) => ({ do: 'dtc' as const, code, state: 'cleared' as const, over: '0s' })),
    ];
  };

  return {
    every,
    duration,
    /** ms since the scenario began, of the step that comes next */
    get t() {
      return nextT;
    },
    /** The codes that stand. */
    get codes(): string[] {
      return [...codes.keys()];
    },
    next(): Step {
      const t = nextT;
      nextT += every;
      for (let due = timeline[done]; due !== undefined && due.t <= t; due = timeline[++done]) apply(due, due.t);

      const recorded = recordedAt(t);
      const signals: Record<string, Value> = {};
      for (const [name, channel] of channels) {
        const value = channel.at(t, recorded[name]);
        if (value !== undefined) signals[name] = value;
      }
      const presence: Presence = online ? 'online' : 'offline';
      const news = presence === said ? {} : { presence };
      said = presence;
      if (!online) return { t, signals: {}, dtcs: [], ...news };
      const dtcs = found.map((dtc) => (dtc.state === 'confirmed' ? { ...dtc, freezeFrame: signals } : dtc));
      found = [];
      return { t, signals, dtcs, ...news };
    },
    /** What carrying out this command changes, from the next step on. @returns whether it changes anything in this scenario */
    command(name: string, args: Record<string, Value> = {}): boolean {
      const changes = Object.hasOwn(scenario.onCommand, name) ? (scenario.onCommand[name] ?? []) : [];
      for (const { toArg, ...change } of changes) {
        const to = toArg === undefined ? change.to : args[toArg];
        if (toArg === undefined || to !== undefined) apply({ ...change, to }, nextT);
      }
      return changes.length > 0;
    },
    /**
     * Somebody mended it, from the next step on: what the scenario says, or everything its timeline laid over the base. Codes that one of
     * the thing's own commands clears stay until that command comes, as on a real machine.
     */
    repair(): void {
      const changes = scenario.repair.length > 0 ? scenario.repair : mendingAll();
      for (const change of changes) apply(change, nextT);
      const mended = new Set(changes.flatMap(({ signal }) => signal ?? []));
      timeline = timeline.filter(({ do: what, signal }, i) => i < done || (what !== 'dtc' && !mended.has(signal ?? '')));
    },
  };
}

export type Simulation = ReturnType<typeof createSimulation>;

/** Every step of a scenario from its beginning to its duration. */
export function* play(options: SimulationOptions): Generator<Step> {
  const simulation = createSimulation(options);
  while (simulation.t <= simulation.duration) yield simulation.next();
}
