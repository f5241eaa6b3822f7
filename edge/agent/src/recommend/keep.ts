import type { RecommendationReport } from '@wayside/contract';
import type { Db } from '../store/schema.ts';
import { enqueue } from '../sync/outbox.ts';
import type { Given } from './recommend.ts';
import { type Tallied, tallied } from './tally.ts';

/** How far the figures of every thing are, by thing and figure; one that cannot be read begins anew. */
export async function readTallies(db: Db): Promise<Map<string, Map<string, Tallied>>> {
  const all = new Map<string, Map<string, Tallied>>();
  for (const { thing, figure, body } of await db.selectFrom('usage').selectAll().execute()) {
    const read = tallied.safeParse(JSON.parse(body));
    if (!read.success) continue;
    const mine = all.get(thing) ?? new Map<string, Tallied>();
    all.set(thing, mine.set(figure, read.data));
  }
  return all;
}

export async function keepTallies(db: Db, thing: string, tallies: ReadonlyMap<string, Tallied>): Promise<void> {
  if (tallies.size === 0) return;
  const rows = [...tallies].map(([figure, state]) => ({ thing, figure, body: JSON.stringify(state) }));
  await db
    .insertInto('usage')
    .values(rows)
    .onConflict((c) => c.columns(['thing', 'figure']).doUpdateSet((e) => ({ body: e.ref('excluded.body') })))
    .execute();
}

export async function readGiven(db: Db): Promise<Given[]> {
  return (await db.selectFrom('recommendation').select('body').execute()).map(({ body }) => JSON.parse(body) as Given);
}

/** Keeps a recommendation as it stands, with its record for the hub: what was recommended and what became of it, and nobody's name. */
export async function keepGiven(db: Db, given: Given, report: RecommendationReport, now: number): Promise<void> {
  const body = JSON.stringify(given);
  await db.transaction().execute(async (tx) => {
    await tx
      .insertInto('recommendation')
      .values({ thing: given.thing, recommendation: given.recommendation, body })
      .onConflict((c) => c.columns(['thing', 'recommendation']).doUpdateSet({ body }))
      .execute();
    await enqueue(tx, 'recommendation', report, now);
  });
}

/** When faults of a thing were repaired, oldest first. */
export async function repairsSeen(db: Db, thing: string): Promise<{ fault: string; at: number }[]> {
  const rows = await db.selectFrom('repair').select(['body', 'finishedAt']).where('thing', '=', thing).orderBy('finishedAt').execute();
  return rows.map(({ body, finishedAt }) => ({ fault: (JSON.parse(body) as { fault: string }).fault, at: finishedAt }));
}
