import type { Change } from '../store/change.ts';
import type { UpBody } from '../sync/read-record.ts';

/** Keeps what an edge says its things are. */
export async function keepThing({ tx, tell, now }: Change, edge: string, report: UpBody<'thing'>): Promise<void> {
  const values = { edge, id: report.id, reportJson: JSON.stringify(report), updatedAt: now };
  await tx
    .insertInto('thing')
    .values(values)
    .onConflict((c) => c.columns(['edge', 'id']).doUpdateSet(values))
    .execute();
  tell({ event: 'fleet', data: { edge } });
}

export async function keepFault({ tx, tell, now }: Change, edge: string, report: UpBody<'fault'>): Promise<void> {
  const values = {
    edge,
    thing: report.thing,
    fault: report.fault,
    state: report.state,
    reportJson: JSON.stringify(report),
    updatedAt: now,
  };
  await tx
    .insertInto('fault')
    .values(values)
    .onConflict((c) => c.columns(['edge', 'thing', 'fault']).doUpdateSet(values))
    .execute();
  tell({ event: 'fleet', data: { edge } });
}

export async function keepDtc({ tx, tell, now }: Change, edge: string, report: UpBody<'dtc'>): Promise<void> {
  const values = { edge, thing: report.thing, code: report.code, state: report.state, reportJson: JSON.stringify(report), updatedAt: now };
  await tx
    .insertInto('dtc')
    .values(values)
    .onConflict((c) => c.columns(['edge', 'thing', 'code']).doUpdateSet(values))
    .execute();
  tell({ event: 'fleet', data: { edge } });
}

export async function keepSession({ tx, now }: Change, edge: string, report: UpBody<'session'>): Promise<void> {
  const values = { edge, id: report.session, reportJson: JSON.stringify(report), updatedAt: now, person: report.person ?? null };
  await tx
    .insertInto('session')
    .values(values)
    .onConflict((c) => c.columns(['edge', 'id']).doUpdateSet(values))
    .execute();
}
