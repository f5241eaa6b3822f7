import { type RepairReport, repairReport, type SuccessRate, successRate } from '@wayside/contract';
import type { Db } from '../store/schema.ts';
import { enqueue } from '../sync/outbox.ts';
import type { Repair } from './confirm.ts';

/** What people see of a repair. */
export const reportOf = (repair: Repair): RepairReport => repairReport.parse(repair);

/** Keeps a repair as it stands, in the caller's transaction. */
export async function keepRepair(tx: Db, repair: Repair): Promise<void> {
  const row = { state: repair.state, body: JSON.stringify(repair) };
  await tx
    .insertInto('repair')
    .values({ id: repair.repair, thing: repair.thing, session: repair.session ?? null, finishedAt: repair.finishedAt, ...row })
    .onConflict((c) => c.column('id').doUpdateSet(row))
    .execute();
}

/** Tells the hub how a repair stands, in the caller's transaction. */
export const recordRepair = (tx: Db, repair: Repair, now: number): Promise<string> => enqueue(tx, 'outcome', reportOf(repair), now);

/** The repairs whose verdict is still open. */
export async function openRepairs(db: Db): Promise<Repair[]> {
  const rows = await db.selectFrom('repair').select('body').where('state', '=', 'watching').execute();
  return rows.map(({ body }) => JSON.parse(body) as Repair);
}

/** The repairs decided since then (epoch ms), oldest first. */
export async function decidedSince(db: Db, since: number): Promise<Repair[]> {
  const rows = await db
    .selectFrom('repair')
    .select('body')
    .where('state', '!=', 'watching')
    .where('finishedAt', '>', Math.floor(since) - 24 * 3_600_000)
    .execute();
  return rows
    .map(({ body }) => JSON.parse(body) as Repair)
    .filter(({ decidedAt = 0 }) => decidedAt > since)
    .sort((a, b) => (a.decidedAt ?? 0) - (b.decidedAt ?? 0));
}

/** The newest repairs of a thing, newest first. */
export async function repairsOf(db: Db, thing: string, limit = 20): Promise<RepairReport[]> {
  const rows = await db.selectFrom('repair').select('body').where('thing', '=', thing).orderBy('finishedAt', 'desc').limit(limit).execute();
  return rows.map(({ body }) => reportOf(JSON.parse(body) as Repair));
}

/** How this edge's own repairs by each procedure went. */
export async function ownRates(db: Db): Promise<SuccessRate[]> {
  const rows = await db.selectFrom('repair').select('body').execute();
  const rates = new Map<string, SuccessRate>();
  for (const { body } of rows) count(rates, JSON.parse(body) as Repair, 1);
  return [...rates.values()];
}

/** Counts a repair in. Those that are still watched are no try yet. */
export function count(
  rates: Map<string, SuccessRate>,
  { family, procedure, state }: Pick<Repair, 'family' | 'procedure' | 'state'>,
  by: number,
): void {
  if (state === 'watching') return;
  const key = rateKey(family, procedure);
  const rate = rates.get(key) ?? { family, procedure, tries: 0, fixed: 0, notFixed: 0 };
  rates.set(key, {
    ...rate,
    tries: rate.tries + by,
    fixed: rate.fixed + (state === 'fixed' ? by : 0),
    notFixed: rate.notFixed + (state === 'not-fixed' ? by : 0),
  });
}

export const rateKey = (family: string, procedure: string): string => `${family}/${procedure}`;

/** Keeps what the hub says of a procedure everywhere, in the caller's transaction. */
export async function keepRate(tx: Db, rate: SuccessRate): Promise<void> {
  const row = { body: JSON.stringify(rate) };
  await tx
    .insertInto('rate')
    .values({ family: rate.family, procedure: rate.procedure, ...row })
    .onConflict((c) => c.columns(['family', 'procedure']).doUpdateSet(row))
    .execute();
}

export async function readRates(db: Db): Promise<SuccessRate[]> {
  return (await db.selectFrom('rate').select('body').execute()).map(({ body }) => successRate.parse(JSON.parse(body)));
}
