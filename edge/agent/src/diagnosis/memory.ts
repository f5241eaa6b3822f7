import { type DtcReport, type FaultReport, faultReport } from '@wayside/contract';
import type { Db } from '../store/schema.ts';
import { enqueue } from '../sync/outbox.ts';

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

/** What the diagnosis knew before the restart: codes and what people told it. */
export async function recall(
  db: Db,
): Promise<{ dtcs: DtcReport[]; observations: { thing: string; observation: string; answer: 'yes' | 'no' | 'unsure'; at: number }[] }> {
  const dtcs = await db.selectFrom('dtc').selectAll().execute();
  const observations = await db.selectFrom('observation').select(['thing', 'observation', 'answer', 'at']).execute();
  return {
    dtcs: dtcs.map(({ freezeFrame, state, ...row }) => ({
      ...row,
      state: state as DtcReport['state'],
      ...(freezeFrame ? { freezeFrame: JSON.parse(freezeFrame) as NonNullable<DtcReport['freezeFrame']> } : {}),
    })),
    observations: observations as { thing: string; observation: string; answer: 'yes' | 'no' | 'unsure'; at: number }[],
  };
}
