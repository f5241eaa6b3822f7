import { sql } from 'kysely';
import type { Db } from '../store/schema.ts';

/** One more of an edge's cases is resolved, or one less. */
export async function tallyResolved(tx: Db, edge: string, by: 1 | -1): Promise<void> {
  await tx
    .insertInto('caseTally')
    .values({ edge, resolved: by })
    .onConflict((c) => c.column('edge').doUpdateSet({ resolved: sql<number>`${sql.ref('caseTally.resolved')} + ${sql.lit(by)}` }))
    .execute();
}
