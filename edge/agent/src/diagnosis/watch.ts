import type { DtcReport, FaultReport } from '@wayside/contract';
import { meaningOfDtc, type Pack } from '@wayside/packs';
import type { DtcState, Signal, Value } from '@wayside/protocol';
import { type Busy, createBusy } from './busy.ts';
import { type Bank, type BankSnapshot, createBank, type Observed } from './detect.ts';
import { type Diagnosis, diagnose, nothingSeen } from './diagnose.ts';
import type { Answer } from './evidence.ts';
import type { About } from './prior.ts';
import { reportFault } from './report.ts';

/** A code as it reached us. */
export type HeardDtc = { code: string; state: DtcState; freezeFrame?: Record<string, Value> };

/** The parts of what the watch learned of a thing by itself, each kept apart from the others. */
export type Learned = { detectors: BankSnapshot };

/** What one thing needs to go on after a restart; each part as it was saved. */
export type Remembered = {
  [Part in keyof Learned]?: unknown;
} & {
  dtcs?: readonly (HeardDtc & { at: number })[];
  observations?: readonly Told[];
};

/** What a person told us about a thing. */
export type Told = { observation: string; answer: Answer; at: number };

export type Watch = {
  /** Makes a thing known, or changes its family or its own signals. A family without a pack gets no diagnosis; its codes are still shown. */
  thing(id: string, family: string, signals?: Record<string, Signal>, about?: About): void;
  samples(id: string, samples: readonly Observed[]): void;
  dtc(id: string, dtc: HeardDtc, at: number): void;
  answer(id: string, observation: string, answer: Answer, at: number): void;
  /** Lets durations run out; call about once a second. */
  tick(now: number): void;
  /** Faults that are active now, worst first; of one thing or of all. */
  faults(id?: string): FaultReport[];
  diagnosis(id: string): Diagnosis;
  /** What the diagnosis and the active faults would be with these answers as well; keeps nothing. */
  consider(id: string, told: readonly Told[]): { diagnosis: Diagnosis; faults: FaultReport[] };
  dtcs(id: string): DtcReport[];
  /** Whether each symptom of a thing shows, and when that was last judged by its own clock. */
  judged(id: string): Map<string, { active: boolean; at: number }>;
  answers(id: string): Map<string, Answer>;
  pack(id: string): Pack | undefined;
  /** Whether the person at the thing has their hands full, by its pack. */
  busy(id: string, now: number): boolean;
  /** Things of which more was learned since it was last taken. */
  changed(): string[];
  takeLearned(id: string): Learned;
  /** Goes on from what was known before a restart. Nobody is told: what was active then was told then. @throws ZodError when a part does not fit */
  restore(id: string, remembered: Remembered): void;
  forget(id: string): void;
};

type Watched = {
  family: string;
  pack: Pack | undefined;
  signals: Record<string, Signal> | undefined;
  about: About | undefined;
  bank: Bank;
  busy: Busy;
  dtcs: Map<string, HeardDtc & { at: number }>;
  observations: Map<string, { answer: Answer; at: number }>;
  diagnosis: Diagnosis;
  active: Set<string>;
  covered: Set<string>;
  /** Something was learned since it was last taken. */
  moved: boolean;
};

/** What a person saw is taken as still so for this long. */
const answersLast = 12 * 3_600_000;
/** A thing that invents codes must not fill the memory. */
const maxDtcs = 200;
const severities = ['info', 'advice', 'warning', 'danger'];

/**
 * Joins the detectors of each thing, its codes and what people told with the diagnosis, which runs only when one of them changed.
 * @param onChange told when the set of active faults of a thing changed: all that are active now, and the ids that no longer are
 */
export function createWatch({
  packs,
  onChange,
}: {
  packs: ReadonlyMap<string, Pack>;
  onChange(thing: string, faults: FaultReport[], cleared: string[]): void;
}): Watch {
  const things = new Map<string, Watched>();
  const find = (id: string): Watched => things.get(id) ?? add(id, '');
  /** Epoch ms, as far as we were told: for the age of things. */
  let clock = 0;

  function add(id: string, family: string, signals?: Record<string, Signal>, about?: About): Watched {
    const pack = packs.get(family);
    const watched: Watched = {
      family,
      pack,
      signals,
      about,
      busy: createBusy(pack?.busyWhile ?? []),
      bank: createBank(pack?.symptoms ?? {}),
      dtcs: new Map(),
      observations: new Map(),
      diagnosis: nothingSeen,
      active: new Set(),
      covered: new Set(),
      moved: false,
    };
    things.set(id, watched);
    return watched;
  }

  function update(watched: Watched): void {
    if (!watched.pack) return;
    watched.covered = watched.bank.covered();
    watched.diagnosis = diagnosisOf(watched.pack, watched, watched.observations, clock);
    watched.active = new Set(watched.diagnosis.ranked.filter((one) => one.active).map((one) => one.fault));
  }

  function rediagnose(id: string, watched: Watched): void {
    const before = watched.active;
    update(watched);
    const cleared = [...before].filter((fault) => !watched.active.has(fault));
    if (cleared.length > 0 || watched.active.size !== before.size) onChange(id, reportsOf(id, watched), cleared);
  }

  const reportsOf = (id: string, { pack, ...known }: Pick<Watched, 'pack' | 'diagnosis' | 'signals' | 'observations'>): FaultReport[] =>
    pack
      ? known.diagnosis.ranked
          .filter((one) => one.active)
          .map((one) => reportFault(id, pack, one, known))
          .sort((a, b) => severities.indexOf(b.severity) - severities.indexOf(a.severity) || b.probability - a.probability)
      : [];

  return {
    thing(id, family, signals, about) {
      const watched = things.get(id);
      if (!watched) add(id, family, signals, about);
      else if (watched.family === family) Object.assign(watched, { signals, about });
      else {
        const made = add(id, family, signals, about);
        made.active = watched.active;
        made.dtcs = watched.dtcs;
        rediagnose(id, made);
      }
    },
    samples(id, samples) {
      const watched = find(id);
      watched.moved = true;
      watched.busy.observe(samples);
      if (watched.bank.observe(samples).length > 0) rediagnose(id, watched);
    },
    dtc(id, dtc, at) {
      const watched = find(id);
      const known = watched.dtcs.get(dtc.code);
      if (known && at < known.at) return;
      if (!known && watched.dtcs.size >= maxDtcs) return;
      watched.dtcs.set(dtc.code, { ...dtc, at: known?.state === dtc.state ? known.at : at });
      if (known?.state !== dtc.state) rediagnose(id, watched);
    },
    answer(id, observation, answer, at) {
      const watched = find(id);
      watched.observations.set(observation, { answer, at });
      rediagnose(id, watched);
    },
    tick(now) {
      clock = now;
      for (const [id, watched] of things) {
        let changed = watched.bank.tick(now).length > 0;
        for (const [observation, { at }] of watched.observations) {
          if (now - at > answersLast) changed = watched.observations.delete(observation);
        }
        // While something is suspected, an absence that has just been established speaks too.
        if (!changed && watched.diagnosis.ranked.length > 0) changed = !sameSet(watched.covered, watched.bank.covered());
        if (changed) rediagnose(id, watched);
      }
    },
    faults: (id) =>
      id === undefined
        ? [...things]
            .flatMap(([each, watched]) => reportsOf(each, watched))
            .sort((a, b) => severities.indexOf(b.severity) - severities.indexOf(a.severity))
        : things.has(id)
          ? reportsOf(id, find(id))
          : [],
    diagnosis: (id) => things.get(id)?.diagnosis ?? nothingSeen,
    consider(id, told) {
      const watched = things.get(id);
      if (!watched?.pack) return { diagnosis: nothingSeen, faults: [] };
      const observations = new Map(watched.observations);
      for (const { observation, ...said } of told) observations.set(observation, said);
      const diagnosis = diagnosisOf(watched.pack, watched, observations, clock);
      return { diagnosis, faults: reportsOf(id, { ...watched, diagnosis, observations }) };
    },
    dtcs(id) {
      const watched = things.get(id);
      return [...(watched?.dtcs.values() ?? [])].map((dtc) => {
        const title = watched?.pack && meaningOfDtc(watched.pack, dtc.code)?.title;
        return { thing: id, ...dtc, ...(title ? { title } : {}) };
      });
    },
    judged: (id) => things.get(id)?.bank.judged() ?? new Map(),
    answers: (id) => new Map([...(things.get(id)?.observations ?? [])].map(([observation, { answer }]) => [observation, answer])),
    pack: (id) => things.get(id)?.pack,
    busy: (id, now) => things.get(id)?.busy.is(now) ?? false,
    changed: () => [...things].flatMap(([id, { moved, pack }]) => (moved && pack ? [id] : [])),
    takeLearned(id) {
      const watched = find(id);
      watched.moved = false;
      return { detectors: watched.bank.snapshot() };
    },
    restore(id, { detectors, dtcs = [], observations = [] }) {
      const watched = find(id);
      if (detectors !== undefined) watched.bank.restore(detectors);
      for (const dtc of dtcs) watched.dtcs.set(dtc.code, dtc);
      for (const { observation, ...said } of observations) watched.observations.set(observation, said);
      update(watched);
    },
    forget: (id) => void things.delete(id),
  };
}

const diagnosisOf = (pack: Pack, { bank, covered, dtcs, about }: Watched, observations: Watched['observations'], now: number): Diagnosis =>
  diagnose({ faults: pack.faults, thing: about, now, symptoms: bank.state(), covered, dtcs: [...dtcs.values()], observations });

const sameSet = (a: ReadonlySet<string>, b: ReadonlySet<string>) => a.size === b.size && [...a].every((one) => b.has(one));
