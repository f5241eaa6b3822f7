import { type DtcReport, type FaultReport, faultReport } from '@wayside/contract';
import { localized } from '@wayside/protocol';
import type { Bulk, Store } from '@wayside/sqlite';
import type { Db, EdgeSchema } from '../store/schema.ts';
import { enqueue, enqueueing } from '../sync/outbox.ts';
import type { Answer } from './evidence.ts';
import type { HeardDtc, Told } from './watched.ts';

/** Keeps a trouble code as the device last reported it, with its record for the hub. */
export async function keepDtc(db: Db, report: DtcReport, now: number): Promise<void> {
  const { state, at, failureType = null } = report;
  const row = { state, at, failureType, freezeFrame: report.freezeFrame ? JSON.stringify(report.freezeFrame) : null };
  await db.transaction().execute(async (tx) => {
    await tx
      .insertInto('dtc')
      .values({ thing: report.thing, code: report.code, ...row })
      .onConflict((c) => c.columns(['thing', 'code']).doUpdateSet(row))
      .execute();
    await enqueue(tx, 'dtc', report, now);
  });
}

/** What the hub was last told of a thing's faults, by fault. */
type ToldFaults = Map<string, FaultReport>;

const upsertFault =
  'insert into fault (thing, fault, since, report) values (?, ?, ?, ?) on conflict (thing, fault) do update set since = excluded.since, report = excluded.report';
const dropFault = 'delete from fault where thing = ? and fault = ?';
const keepPast = 'insert or replace into pastFault (thing, fault, since, until, title) values (?, ?, ?, ?, ?)';
/** So many faults that are over are kept of a thing: enough to say when it was so before, and a signal that chatters fills no disk. */
const mostPast = 200;
const thinPast =
  'delete from pastFault where thing = ? and rowid not in (select rowid from pastFault where thing = ? order by until desc limit ?)';

/**
 * Keeps the active faults of things and tells the hub what rose and what cleared. A fault whose figures only moved a little
 * is updated here without a record, so that a chattering signal does not fill the outbox. Call it for one thing after the other.
 */
export function createFaultKeeper({ db, bulk }: Pick<Store<EdgeSchema>, 'db' | 'bulk'>) {
  const told = new Map<string, ToldFaults>();

  async function recalled(thing: string): Promise<ToldFaults> {
    const rows = await db.selectFrom('fault').select(['fault', 'report']).where('thing', '=', thing).execute();
    return new Map(rows.map((row) => [row.fault, faultReport.parse(JSON.parse(row.report))]));
  }

  return async (thing: string, active: readonly FaultReport[], now: number): Promise<void> => {
    const before = told.get(thing) ?? (await recalled(thing));
    const changes: Bulk[] = [];
    for (const fault of active) {
      const known = before.get(fault.fault);
      changes.push({ sql: upsertFault, rows: [[thing, fault.fault, fault.since, JSON.stringify(fault)]] });
      if (!known || Math.abs(known.probability - fault.probability) >= 0.2)
        changes.push(enqueueing('fault', { ...fault, state: 'active' }, now));
    }
    const after: ToldFaults = new Map(active.map((fault) => [fault.fault, fault]));
    for (const [fault, report] of before) {
      if (after.has(fault)) continue;
      changes.push(
        { sql: dropFault, rows: [[thing, fault]] },
        { sql: keepPast, rows: [[thing, fault, report.since, now, JSON.stringify(report.title)]] },
        { sql: thinPast, rows: [[thing, thing, mostPast]] },
        enqueueing('fault', { ...report, state: 'cleared' }, now),
      );
    }
    // Should it fail, what is on disk is read again.
    told.delete(thing);
    if (changes.length > 0) await bulk(changes);
    told.set(thing, after);
  };
}

/** A fault that was there and is over, epoch ms. */
export type PastFault = { fault: string; title: FaultReport['title']; since: number; until: number };

/** The faults of a thing that are over, newest first. */
export async function pastFaults(db: Db, thing: string): Promise<PastFault[]> {
  const rows = await db.selectFrom('pastFault').selectAll().where('thing', '=', thing).orderBy('until', 'desc').execute();
  return rows.map(({ fault, title, since, until }) => ({ fault, title: localized.parse(JSON.parse(title)), since, until }));
}

/** The things of which the hub was last told a fault. */
export async function thingsWithFaults(db: Db): Promise<string[]> {
  return (await db.selectFrom('fault').select('thing').distinct().execute()).map(({ thing }) => thing);
}

/** What devices and people had told before the restart, by thing: codes and answers. */
export async function recall(db: Db): Promise<Map<string, { dtcs: (HeardDtc & { at: number })[]; observations: Told[] }>> {
  const things = new Map<string, { dtcs: (HeardDtc & { at: number })[]; observations: Told[] }>();
  const of = (thing: string) => {
    const known = things.get(thing) ?? { dtcs: [], observations: [] };
    things.set(thing, known);
    return known;
  };
  for (const { thing, code, state, at, failureType, freezeFrame } of await db.selectFrom('dtc').selectAll().execute())
    of(thing).dtcs.push({
      code,
      state: state as DtcReport['state'],
      at,
      ...(failureType ? { failureType } : {}),
      ...(freezeFrame ? { freezeFrame: JSON.parse(freezeFrame) as NonNullable<DtcReport['freezeFrame']> } : {}),
    });
  const observations = await db.selectFrom('observation').select(['thing', 'observation', 'answer', 'at']).execute();
  for (const { thing, observation, answer, at } of observations) of(thing).observations.push({ observation, answer: answer as Answer, at });
  return things;
}
