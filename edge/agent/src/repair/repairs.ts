import type { RepairReport, SuccessRate } from '@wayside/contract';
import { newId, parseSpan } from '@wayside/protocol';
import type { Watch } from '../diagnosis/watch.ts';
import { createInOrder } from '../in-order.ts';
import type { Log } from '../log.ts';
import type { Db } from '../store/schema.ts';
import { judge, type Repair, type Seen } from './confirm.ts';
import { count, decidedSince, keepRate, keepRepair, openRepairs, ownRates, rateKey, readRates, recordRepair, reportOf } from './keep.ts';
import { dropProgress, keepProgress, type Progress, readProgress } from './progress.ts';
import { watchedAfter } from './watched-after.ts';

/** A procedure that came to its end. */
export type Finished = { progress: Progress; session?: string; personSays?: RepairReport['personSays'] };

/** What a turn did to a repair. */
export type Step = {
  progress?: Progress;
  dropped?: Progress;
  finished?: Finished;
  says?: { repair: string; word: NonNullable<RepairReport['personSays']> };
};

export type Repairs = {
  load(): Promise<void>;
  stop(): Promise<void>;
  /** Where somebody is in a procedure on this thing; nobody in particular is everybody at it. */
  progress(thing: string, person?: string): Progress | undefined;
  /** Keeps what a turn did, in its transaction. The returned act, run once that is committed, makes it so here. */
  keep(tx: Db, step: Step): Promise<() => RepairReport | undefined>;
  /** Repairs whose verdict is open, of one thing. */
  watched(thing: string): RepairReport[];
  /** The repair of a thing that was decided last, for a day. */
  decided(thing: string): RepairReport | undefined;
  /** Looks at the machine's data; call about once a second. */
  tick(): void;
  /** How a procedure has done, as far as anybody here knows. */
  rate(family: string, procedure: string): SuccessRate | undefined;
  /** What the hub knows of a procedure, in the transaction that brings it. */
  learnRate(tx: Db, rate: SuccessRate): Promise<() => void>;
};

/** A verdict is news for a day. */
const newsForMs = 24 * 3_600_000;
/** A watched repair is kept at least so often, so that a crash costs no more than this of what was seen. */
const keepEveryMs = 15_000;

/**
 * Guided repairs from the first step to the proof: where people are in them, and whether the machine's own data shows that they worked.
 * @param onChange told after a repair is stored: watched, decided, or said something about
 */
export function createRepairs(parts: {
  db: Db;
  log: Log;
  now: () => number;
  watch: Pick<Watch, 'pack' | 'judged' | 'dtcs' | 'checkedItself'>;
  /** The newest reading of each signal of a thing. */
  latest(thing: string): ReadonlyMap<string, { observedAt: number; receivedAt: number }>;
  onChange(repair: RepairReport): void;
}): Repairs {
  const { db, log, now, watch, latest, onChange } = parts;
  const at = new Map<string, Progress>();
  const open = new Map<string, Repair>();
  const own = new Map<string, SuccessRate>();
  const everywhere = new Map<string, SuccessRate>();
  /** The last verdict of each thing. */
  const settled = new Map<string, Repair>();
  const keptAt = new Map<string, number>();
  const inOrder = createInOrder();
  const keyOf = ({ thing, person }: Pick<Progress, 'thing' | 'person'>) => `${thing}\n${person}`;

  async function put(repair: Repair, told: boolean): Promise<void> {
    keptAt.set(repair.repair, now());
    await inOrder(repair.repair, () =>
      db.transaction().execute(async (tx) => {
        await keepRepair(tx, repair);
        if (told) await recordRepair(tx, repair, now());
      }),
    );
    if (told) onChange(reportOf(repair));
  }

  function look(repair: Repair): void {
    const seen = judge(repair, seenBy(watch, repair.thing), now());
    if (seen === repair) return;
    const decided = seen.state !== 'watching';
    if (decided) {
      open.delete(seen.repair);
      settled.set(seen.thing, seen);
      count(own, seen, 1);
    } else {
      open.set(seen.repair, seen);
      if (now() - (keptAt.get(seen.repair) ?? 0) < keepEveryMs) return;
    }
    put(seen, decided).catch((err) => {
      log.error({ err, repair: seen.repair }, 'how a repair went could not be kept; it is looked at again');
      if (!decided) return;
      count(own, seen, -1);
      open.set(repair.repair, repair);
    });
  }

  return {
    async load() {
      for (const progress of await readProgress(db)) at.set(keyOf(progress), progress);
      for (const repair of await openRepairs(db)) open.set(repair.repair, repair);
      for (const repair of await decidedSince(db, now() - newsForMs)) settled.set(repair.thing, repair);
      for (const rate of await ownRates(db)) own.set(rateKey(rate.family, rate.procedure), rate);
      for (const rate of await readRates(db)) everywhere.set(rateKey(rate.family, rate.procedure), rate);
    },
    async stop() {
      for (const repair of open.values()) await put(repair, false);
    },
    progress: (thing, person = '') =>
      at.get(keyOf({ thing, person })) ??
      at.get(keyOf({ thing, person: '' })) ??
      (person === '' ? [...at.values()].find((one) => one.thing === thing) : undefined),
    async keep(tx, { progress, dropped, finished, says }) {
      const over = dropped ?? finished?.progress;
      if (over) await dropProgress(tx, over);
      if (progress) await keepProgress(tx, progress);
      const repair = finished && begin(finished, watch, reached(latest(finished.progress.thing).values(), now()), now());
      if (repair) {
        await keepRepair(tx, repair);
        await recordRepair(tx, repair, now());
      }
      // The same fault mended once more: the earlier repair can no longer be told from this one.
      const replaced = repair && [...open.values()].find((one) => one.thing === repair.thing && one.fault === repair.fault);
      const given: Repair | undefined = replaced && { ...replaced, state: 'too-early', decidedAt: Math.floor(now()) };
      const asked = says && open.get(says.repair);
      const said: Repair | undefined = asked && { ...asked, personSays: says.word };
      for (const one of [given, said]) {
        if (!one) continue;
        await keepRepair(tx, one);
        await recordRepair(tx, one, now());
      }
      return () => {
        if (over) at.delete(keyOf(over));
        if (progress) at.set(keyOf(progress), progress);
        if (given) {
          open.delete(given.repair);
          count(own, given, 1);
        }
        if (said && open.has(said.repair)) open.set(said.repair, said);
        if (!repair) return undefined;
        open.set(repair.repair, repair);
        onChange(reportOf(repair));
        return reportOf(repair);
      };
    },
    decided(thing) {
      const last = settled.get(thing);
      return last && now() - (last.decidedAt ?? 0) < newsForMs ? reportOf(last) : undefined;
    },
    watched: (thing) => [...open.values()].filter((one) => one.thing === thing).map(reportOf),
    tick() {
      for (const repair of [...open.values()]) look(repair);
    },
    rate(family, procedure) {
      // The hub counts our own repairs too, so the larger count is the fuller one.
      const [ours, theirs] = [own, everywhere].map((rates) => rates.get(rateKey(family, procedure)));
      return (theirs?.tries ?? 0) >= (ours?.tries ?? 0) ? theirs : ours;
    },
    async learnRate(tx, rate) {
      await keepRate(tx, rate);
      return () => void everywhere.set(rateKey(rate.family, rate.procedure), rate);
    },
  };
}

/** Heard of within this time, a thing's own clock can be read now. */
const freshMs = 10_000;

/**
 * How far the thing's own clock has come, which may differ from ours. A thing that is silent now may come back with readings it kept from
 * before the last step; then only what it sees from now on counts.
 */
function reached(readings: Iterable<{ observedAt: number; receivedAt: number }>, now: number): number {
  let newest = 0;
  let heardAt = 0;
  for (const { observedAt, receivedAt } of readings) {
    newest = Math.max(newest, observedAt);
    heardAt = Math.max(heardAt, receivedAt);
  }
  return now - heardAt <= freshMs ? newest : Math.floor(now);
}

/** What is to be watched after a finished procedure; undefined when nothing was done or nothing of it shows in the data. */
function begin(
  { progress, session, personSays }: Finished,
  watch: Pick<Watch, 'pack' | 'dtcs'>,
  from: number,
  now: number,
): Repair | undefined {
  const pack = watch.pack(progress.thing);
  const procedure = pack?.procedures[progress.procedure];
  const fault = progress.fault === undefined ? undefined : pack?.faults[progress.fault];
  if (!pack || !procedure || !fault || progress.fault === undefined || !progress.done) return undefined;
  const at = Math.floor(now);
  const codes = Object.keys(fault.dtcs);
  const after = watchedAfter(pack, progress, watch.dtcs(progress.thing));
  if (!after) return undefined;
  const article = progress.article ?? fault.article;
  return {
    repair: newId('r', at),
    thing: progress.thing,
    family: pack.family,
    fault: progress.fault,
    faultTitle: fault.title,
    procedure: progress.procedure,
    procedureTitle: procedure.title,
    ...(article ? { article } : {}),
    ...(session ? { session } : {}),
    state: 'watching',
    finishedAt: at,
    until: at + (parseSpan(procedure.confirm.within) as number),
    needs: after.needs,
    symptoms: after.watched.slice(0, 64),
    from,
    codes,
    ...(personSays ? { personSays } : {}),
  };
}

function seenBy(watch: Pick<Watch, 'judged' | 'dtcs' | 'checkedItself'>, thing: string): Seen {
  const judged = watch.judged(thing);
  const checkedAt = watch.checkedItself(thing);
  const dtcs = new Map(watch.dtcs(thing).map((dtc) => [dtc.code, dtc]));
  const stands = (code: string) => dtcs.get(code)?.state !== 'cleared';
  return {
    // A code that still stands from before says nothing either way: many must be cleared by hand. Nor does one that is gone, until the machine looks again.
    symptom: (ref) =>
      judged.get(ref) ?? (dtcs.has(ref) && !stands(ref) && checkedAt !== undefined ? { active: false, at: checkedAt } : undefined),
    codeSetAt: (code) => (dtcs.has(code) && stands(code) ? dtcs.get(code)?.at : undefined),
  };
}
