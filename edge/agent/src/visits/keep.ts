import type { Turn, VisitCall, VisitEnd } from '@wayside/contract';
import { type Localized, newId } from '@wayside/protocol';
import { findSession, sayTurn } from '../dialogue/session.ts';
import type { Db } from '../store/schema.ts';
import { enqueue } from '../sync/outbox.ts';

/** A visit that goes on: who looks at which machine, until when (epoch ms). */
export type Visit = Omit<VisitCall, 'state'> & { thing: string; beganAt: number };

const began = (by: string): Localized => ({
  en: `${by} now sees the live values of this machine. You can stop that at any time.`,
  zh: `${by} 正在查看这台设备的实时数据。您可以随时停止。`,
});
const over = (by: string, why: VisitEnd): Localized =>
  why === 'stopped'
    ? { en: `Stopped: ${by} no longer sees live values.`, zh: `已停止：${by} 不再看到实时数据。` }
    : { en: `${by} no longer sees live values.`, zh: `${by} 已不再查看实时数据。` };

/** Keeps that a visit began, with its line in the conversation and in the record, in the caller's transaction. */
export async function keepBegun(tx: Db, visit: Visit, now: number): Promise<Turn> {
  await tx
    .insertInto('visit')
    .values({ id: visit.visit, body: JSON.stringify(visit) })
    .execute();
  return tellOf(tx, visit, 'began', undefined, now);
}

/** Keeps that it is over. */
export async function keepOver(tx: Db, visit: Visit, why: VisitEnd, now: number): Promise<Turn> {
  await tx.deleteFrom('visit').where('id', '=', visit.visit).execute();
  return tellOf(tx, visit, 'over', why, now);
}

/** It never began: nothing is said, and the hub hears so. */
export async function keepRefused(tx: Db, { until: _, state: __, ...call }: VisitCall, now: number): Promise<void> {
  await enqueue(tx, 'visit', { ...call, thing: '', state: 'over', why: 'refused', at: Math.floor(now) }, now);
}

/** Those that went on when this edge stopped: they are over. */
export async function endLeftOver(db: Db, now: number): Promise<void> {
  for (const { body } of await db.selectFrom('visit').select('body').execute())
    await db.transaction().execute((tx) => keepOver(tx, JSON.parse(body) as Visit, 'link', now));
}

async function tellOf(tx: Db, visit: Visit, state: 'began' | 'over', why: VisitEnd | undefined, now: number): Promise<Turn> {
  const { visit: id, case: caseId, session, thing, by } = visit;
  const at = Math.floor(now);
  const known = await findSession(tx, session);
  const text = (why === undefined ? began(by) : over(by, why))[known.locale];
  const line: Turn = { id: newId('t', now), session, at, by: 'system', text, citations: [] };
  await sayTurn(tx, known, line, now);
  await enqueue(tx, 'visit', { visit: id, case: caseId, session, thing, by, state, ...(why ? { why } : {}), at }, now);
  return line;
}
