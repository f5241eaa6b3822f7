import { type DtcReport, type FaultReport, faultReport } from '@wayside/contract';
import type { Db } from '../store/schema.ts';
import { enqueue } from '../sync/outbox.ts';
import type { Answer } from './evidence.ts';
import type { HeardDtc, Told } from './watched.ts';

/** Keeps a trouble code as the device last reported it, with its record for the hub. */
export async function keepDtc(db: Db, report: DtcReport, now: number): Promise<void> {
  const row = { state: report.state, at: report.at, freezeFrame: report.freezeFrame ? JSON.stringify(report.freezeFrame) : null };
  await db.transaction().execute(async (tx) => {
    await tx
      .insertInto('dtc')
      .values({ thing: report.thing, code: report.code, ...row })
      .onConflict((c) => c.columns(['thing', 'code']).doUpdateSet(row))
      .execute();
    await enqueue(tx, 'dtc', report, now);
  });
}

/**
 * Keeps the active faults of one thing and tells the hub what rose and what cleared. A fault whose figures only moved a little
 * is updated here without a record, so that a chattering signal does not fill the outbox.
 */
export async function keepFaults(db: Db, thing: string, active: readonly FaultReport[], now: number): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const rows = await tx.selectFrom('fault').select(['fault', 'report']).where('thing', '=', thing).execute();
    const before = new Map(rows.map((r) => [r.fault, faultReport.parse(JSON.parse(r.report))]));
    for (const fault of active) {
      const known = before.get(fault.fault);
      before.delete(fault.fault);
      const row = { since: fault.since, report: JSON.stringify(fault) };
      await tx
        .insertInto('fault')
        .values({ thing, fault: fault.fault, ...row })
        .onConflict((c) => c.columns(['thing', 'fault']).doUpdateSet(row))
        .execute();
      if (!known || Math.abs(known.probability - fault.probability) >= 0.2) await enqueue(tx, 'fault', { ...fault, state: 'active' }, now);
    }
    for (const [fault, report] of before) {
      await tx.deleteFrom('fault').where('thing', '=', thing).where('fault', '=', fault).execute();
      await enqueue(tx, 'fault', { ...report, state: 'cleared' }, now);
    }
  });
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
  for (const { thing, code, state, at, freezeFrame } of await db.selectFrom('dtc').selectAll().execute())
    of(thing).dtcs.push({
      code,
      state: state as DtcReport['state'],
      at,
      ...(freezeFrame ? { freezeFrame: JSON.parse(freezeFrame) as NonNullable<DtcReport['freezeFrame']> } : {}),
    });
  const observations = await db.selectFrom('observation').select(['thing', 'observation', 'answer', 'at']).execute();
  for (const { thing, observation, answer, at } of observations) of(thing).observations.push({ observation, answer: answer as Answer, at });
  return things;
}
