import type { DtcReport, FaultReport } from '@wayside/contract';
import { meaningOfDtc, type Pack } from '@wayside/packs';
import type { Presence, Signal } from '@wayside/protocol';
import type { Observed } from './detect.ts';
import { type Diagnosis, nothingSeen } from './diagnose.ts';
import type { Answer } from './evidence.ts';
import type { About } from './prior.ts';
import { reportFault } from './report.ts';
import { type Room, siteRoom } from './room.ts';
import { createWatched, diagnosisOf, type HeardDtc, holdBack, refit, type Told, update, type Watched } from './watched.ts';

export type { HeardDtc, Told } from './watched.ts';

export type Watch = {
  /** Makes a thing known, or changes its family or its own signals. A family without a pack gets no diagnosis; its codes are still shown. */
  thing(id: string, family: string, signals?: Record<string, Signal>, about?: About): void;
  /** Whether a thing is connected, by the edge's clock. */
  presence(id: string, presence: Presence, now: number): void;
  samples(id: string, samples: readonly Observed[]): void;
  dtc(id: string, dtc: HeardDtc, at: number): void;
  answer(id: string, observation: string, answer: Answer, at: number): void;
  /** Lets durations run out; call about once a second. */
  tick(now: number): void;
  /** Faults that are active now, worst first; of one thing or of all. */
  faults(id?: string): readonly FaultReport[];
  diagnosis(id: string): Diagnosis;
  /** What the diagnosis and the active faults would be with these answers as well; keeps nothing. */
  consider(id: string, told: readonly Told[]): { diagnosis: Diagnosis; faults: readonly FaultReport[] };
  dtcs(id: string): DtcReport[];
  /** Whether each symptom of a thing shows, and when that was last judged by its own clock. */
  judged(id: string): Map<string, { active: boolean; at: number }>;
  answers(id: string): Map<string, Answer>;
  /** Signals of a thing that its own detectors say are not to be believed now. */
  doubted(id: string): ReadonlySet<string>;
  pack(id: string): Pack | undefined;
  /** Whether the person at the thing has their hands full, by its pack. */
  busy(id: string, now: number): boolean;
  /** When the thing last checked itself for what it sets codes for, by its own clock and its pack's `monitorsRun`; undefined if it never did. */
  checkedItself(id: string): number | undefined;
  /** Things of which more was learned since it was last taken. */
  changed(): string[];
  /** What a thing's detectors know, in parts that are kept apart; `deep` with what they learn over days. */
  takeLearned(id: string, deep: boolean): [part: string, state: unknown][];
  /**
   * Goes on from a part that was taken before a restart. Nobody is told: what was active then was told then.
   * @returns the symptoms that begin anew because the pack has changed them
   * @throws ZodError when it is no such part
   */
  recall(id: string, part: string, state: unknown): string[];
  /**
   * A repair of this fault was confirmed: what was learned to be usual for the signals that showed it was learned from a faulty machine, and
   * is forgotten.
   */
  mended(id: string, fault: string): void;
  /** Goes on from what devices and people had told before a restart, as `recall` does. */
  restore(id: string, told: { dtcs?: readonly (HeardDtc & { at: number })[]; observations?: readonly Told[] }): void;
  forget(id: string): void;
};

/** What a person saw is taken as still so for this long. */
const answersLast = 12 * 3_600_000;
/** A thing that invents codes must not fill the memory. */
const maxDtcs = 200;
const severities = ['info', 'advice', 'warning', 'danger'];
const detectorsPart = 'detectors';
const learnedPart = 'learned/';

/**
 * Joins the detectors of each thing, its codes and what people told with the diagnosis, which runs only when one of them changed.
 * @param onChange told when the set of active faults of a thing changed: all that are active now, and the ids that no longer are
 */
export function createWatch({
  packs,
  onChange,
  room = siteRoom(),
}: {
  packs: ReadonlyMap<string, Pack>;
  onChange(thing: string, faults: readonly FaultReport[], cleared: string[]): void;
  room?: Room;
}): Watch {
  const things = new Map<string, Watched>();
  const find = (id: string): Watched => things.get(id) ?? add(id, '');
  /** Epoch ms, as far as we were told: for the age of things. */
  let clock = 0;

  function add(id: string, family: string, signals?: Record<string, Signal>, about?: About): Watched {
    things.get(id)?.bank.release();
    const watched = createWatched(family, packs.get(family), signals, about, room);
    things.set(id, watched);
    return watched;
  }

  function rediagnose(id: string, watched: Watched): void {
    const before = watched.active;
    update(watched, clock);
    if (watched.pack) holdBack(watched, before);
    const cleared = [...before].filter((fault) => !watched.active.has(fault));
    if (cleared.length > 0 || watched.active.size !== before.size) onChange(id, standing(id, watched), cleared);
  }

  const reportsOf = (id: string, { pack, bank, ...known }: Watched): FaultReport[] =>
    pack
      ? known.diagnosis.ranked
          .filter((one) => one.active)
          .map((one) => reportFault(id, pack, one, { ...known, showing: (symptom) => bank.showing(symptom) }))
          .sort((a, b) => severities.indexOf(b.severity) - severities.indexOf(a.severity) || b.probability - a.probability)
      : [];

  /** Many ask for the same while a thing says nothing new. */
  function standing(id: string, watched: Watched): readonly FaultReport[] {
    watched.reports ??= watched.active.size === 0 ? none : reportsOf(id, watched);
    return watched.reports;
  }

  return {
    thing(id, family, signals, about) {
      const watched = things.get(id);
      if (!watched) add(id, family, signals, about);
      else if (watched.family === family) {
        watched.about = about;
        refit(watched, signals, room);
      } else {
        const made = add(id, family, signals, about);
        made.active = watched.active;
        made.dtcs = watched.dtcs;
        rediagnose(id, made);
      }
    },
    presence(id, presence, now) {
      const watched = find(id);
      if (watched.bank.tell('wayside.presence', presence, now).length > 0) rediagnose(id, watched);
    },
    samples(id, samples) {
      const watched = find(id);
      watched.moved = true;
      watched.reports = undefined;
      watched.busy.observe(samples);
      watched.checks?.observe(samples);
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
        if (!changed && watched.diagnosis.ranked.length > 0)
          changed = watched.heldBack || !sameSet(watched.covered, watched.bank.covered());
        if (changed) rediagnose(id, watched);
      }
    },
    faults: (id) =>
      id === undefined
        ? [...things]
            .flatMap(([each, watched]) => standing(each, watched))
            .sort((a, b) => severities.indexOf(b.severity) - severities.indexOf(a.severity))
        : things.has(id)
          ? standing(id, find(id))
          : [],
    diagnosis: (id) => things.get(id)?.diagnosis ?? nothingSeen,
    consider(id, told) {
      const watched = things.get(id);
      if (!watched?.pack) return { diagnosis: nothingSeen, faults: [] };
      if (told.length === 0) return { diagnosis: watched.diagnosis, faults: standing(id, watched) };
      const observations = new Map(watched.observations);
      for (const { observation, ...said } of told) observations.set(observation, said);
      const diagnosis = diagnosisOf(watched.pack, watched, observations, clock);
      return { diagnosis, faults: reportsOf(id, { ...watched, bank: watched.bank, diagnosis, observations }) };
    },
    dtcs(id) {
      const watched = things.get(id);
      return [...(watched?.dtcs.values() ?? [])].map((dtc) => {
        const title = watched?.pack && meaningOfDtc(watched.pack, dtc.code, dtc.failureType)?.title;
        return { thing: id, ...dtc, ...(title ? { title } : {}) };
      });
    },
    judged: (id) => things.get(id)?.bank.judged() ?? new Map(),
    answers: (id) => new Map([...(things.get(id)?.observations ?? [])].map(([observation, { answer }]) => [observation, answer])),
    doubted: (id) => things.get(id)?.bank.doubted() ?? nobody,
    pack: (id) => things.get(id)?.pack,
    busy: (id, now) => things.get(id)?.busy.is(now) ?? false,
    checkedItself(id) {
      const watched = things.get(id);
      if (watched?.checks) return watched.checks.heldAt();
      const judged = [...(watched?.bank.judged().values() ?? [])].map(({ at }) => at);
      return judged.length > 0 ? Math.max(...judged) : undefined;
    },

    changed: () => [...things].flatMap(([id, { moved, pack }]) => (moved && pack ? [id] : [])),
    takeLearned(id, deep) {
      const watched = find(id);
      watched.moved = false;
      const learned = deep ? watched.bank.learned().map(([signal, state]): [string, unknown] => [learnedPart + signal, state]) : [];
      return [[detectorsPart, watched.bank.snapshot()], ...learned];
    },
    recall(id, part, state) {
      const watched = find(id);
      const anew = part.startsWith(learnedPart)
        ? watched.bank.restoreLearned(part.slice(learnedPart.length), state)
        : watched.bank.restore(state);
      update(watched, clock);
      return anew;
    },
    mended(id, fault) {
      const watched = things.get(id);
      const model = watched?.pack?.faults[fault];
      if (!watched || !model || !watched.bank.learnAnew(new Set(Object.keys(model.symptoms)))) return;
      watched.moved = true;
      rediagnose(id, watched);
    },
    restore(id, { dtcs = [], observations = [] }) {
      const watched = find(id);
      for (const dtc of dtcs) watched.dtcs.set(dtc.code, dtc);
      for (const { observation, ...said } of observations) watched.observations.set(observation, said);
      update(watched, clock);
    },
    forget(id) {
      things.get(id)?.bank.release();
      things.delete(id);
    },
  };
}

const none: readonly FaultReport[] = [];
const nobody: ReadonlySet<string> = new Set();
const sameSet = (a: ReadonlySet<string>, b: ReadonlySet<string>) => a.size === b.size && [...a].every((one) => b.has(one));
