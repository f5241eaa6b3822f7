import type { FaultReport } from '@wayside/contract';
import type { Pack } from '@wayside/packs';
import type { DtcState, Signal, Value } from '@wayside/protocol';
import { type Busy, createBusy } from './busy.ts';
import { type Bank, createBank } from './detect.ts';
import { type Diagnosis, diagnose, nothingSeen } from './diagnose.ts';
import type { Answer } from './evidence.ts';
import type { About } from './prior.ts';
import type { Room } from './room.ts';

/** A code as it reached us; `failureType` as `PlainDtc` has it. */
export type HeardDtc = { code: string; state: DtcState; failureType?: string; freezeFrame?: Record<string, Value> };

/** What a person told us about a thing. */
export type Told = { observation: string; answer: Answer; at: number };

/** One thing under watch: its detectors, its codes, what people told of it, and what all that comes to. */
export type Watched = {
  family: string;
  pack: Pack | undefined;
  /** As the thing declared them; its family's model stands where it did not. */
  signals: Record<string, Signal> | undefined;
  about: About | undefined;
  bank: Bank;
  busy: Busy;
  /** What must hold for it to check itself, by its pack. */
  checks: Busy | undefined;
  dtcs: Map<string, HeardDtc & { at: number }>;
  observations: Map<string, { answer: Answer; at: number }>;
  diagnosis: Diagnosis;
  active: Set<string>;
  /** A fault would be shown if what speaks for it could be judged now. */
  heldBack: boolean;
  /** What stands, as people see it, until the thing says more. */
  reports: readonly FaultReport[] | undefined;
  covered: Set<string>;
  /** Something was learned since it was last taken. */
  moved: boolean;
};

export const createWatched = (
  family: string,
  pack: Pack | undefined,
  signals: Watched['signals'],
  about: About | undefined,
  room: Room,
): Watched => new WatchedThing(family, pack, signals, about, room);

class WatchedThing implements Watched {
  readonly family: string;
  readonly pack: Pack | undefined;
  signals: Watched['signals'];
  about: About | undefined;
  readonly busy: Busy;
  readonly checks: Busy | undefined;
  readonly dtcs: Watched['dtcs'] = new Map();
  readonly observations: Watched['observations'] = new Map();
  diagnosis = nothingSeen;
  active = new Set<string>();
  heldBack = false;
  reports: Watched['reports'];
  covered = new Set<string>();
  moved = false;
  private readonly room: Room;
  private made: Bank | undefined;

  constructor(family: string, pack: Pack | undefined, signals: Watched['signals'], about: About | undefined, room: Room) {
    this.family = family;
    this.pack = pack;
    this.signals = signals;
    this.about = about;
    this.room = room;
    this.busy = createBusy(pack?.busyWhile ?? []);
    this.checks = pack?.monitorsRun && createBusy(pack.monitorsRun.while);
  }

  /** Made when it is first asked for: a site of a thousand things starts without waiting for the detectors of each. */
  get bank(): Bank {
    this.made ??= createBank(this.pack?.symptoms ?? {}, this.signals ?? this.pack?.thing.signals, this.room);
    return this.made;
  }

  set bank(other: Bank) {
    this.made = other;
  }
}

/** Looks at the signals a thing declares by now; what was learned of those it had stays. */
export function refit(watched: Watched, signals: Watched['signals'], room: Room): void {
  if (signals === watched.signals || JSON.stringify(signals) === JSON.stringify(watched.signals)) return;
  const { bank, pack } = watched;
  const known = bank.snapshot();
  const learned = bank.learned(true);
  bank.release();
  watched.reports = undefined;
  watched.signals = signals;
  watched.bank = createBank(pack?.symptoms ?? {}, signals ?? pack?.thing.signals, room);
  watched.bank.restore(known);
  for (const [signal, states] of learned) watched.bank.restoreLearned(signal, states);
}

/** @param now epoch ms, for the age of the thing */
export const diagnosisOf = (
  pack: Pack,
  { bank, covered, dtcs, about }: Watched,
  observations: Watched['observations'],
  now: number,
): Diagnosis =>
  diagnose({
    faults: pack.faults,
    thing: about,
    now,
    symptoms: bank.state(),
    covered,
    judged: bank.judged(),
    dtcs: [...dtcs.values()],
    observations,
  });

/**
 * Keeps back a fault that would come up only because another one was ruled out: a valve that was mended leaves behind, for half an hour, signs
 * that nobody can judge any more, and they are not to be blamed on the next best cause. Something that is so now must speak for it.
 * @param before the faults that were shown already, which stay
 */
export function holdBack(watched: Watched, before: ReadonlySet<string>): void {
  const { pack, diagnosis, active } = watched;
  const rests = (fault: string) => diagnosis.findings.some((one) => one.present && !one.lapsed && one.link(pack!.faults[fault]!) > 0);
  const held = diagnosis.ranked.filter((one) => one.active && !before.has(one.fault) && !rests(one.fault));
  for (const one of held) {
    one.active = false;
    active.delete(one.fault);
  }
  watched.heldBack = held.length > 0;
}

/** Diagnoses anew with all that is known now. */
export function update(watched: Watched, now: number): void {
  watched.reports = undefined;
  if (!watched.pack) return;
  watched.covered = watched.bank.covered();
  watched.diagnosis = diagnosisOf(watched.pack, watched, watched.observations, now);
  watched.active = new Set(watched.diagnosis.ranked.filter((one) => one.active).map((one) => one.fault));
}
