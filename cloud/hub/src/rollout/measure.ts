import type { EdgeReport, FaultReport, Turn } from '@wayside/contract';
import { sql } from 'kysely';
import type { EdgeHealth } from '../api/rollout-types.ts';
import type { Db } from '../store/schema.ts';

const dayMs = 86_400_000;
const weekMs = 7 * dayMs;
const mostRecords = 5_000;

/**
 * How an edge has been since it runs something (epoch ms), and in the week before: faults that arose, sentences heard and understood. Less than a day counts
 * as one, so that the first fault of the first minute is not a thousand a day. Errors are those of its log since it started with it.
 */
export async function healthOf(db: Db, edge: string, since: number, now: number): Promise<EdgeHealth> {
  const [is, before, says] = await Promise.all([
    countBetween(db, edge, since, now),
    countBetween(db, edge, since - weekMs, since),
    db.selectFrom('edgeSays').select('reportJson').where('edge', '=', edge).executeTakeFirst(),
  ]);
  const errors = says ? (JSON.parse(says.reportJson) as EdgeReport).errors : 0;
  return {
    now: { ...is, days: Math.max(1, (now - since) / dayMs) },
    before: { ...before, days: weekMs / dayMs },
    errors,
  };
}

async function countBetween(
  db: Db,
  edge: string,
  from: number,
  to: number,
): Promise<{ faults: number; heard: number; understood: number }> {
  const rows = await db
    .selectFrom('upRecord')
    .select(['kind', 'bodyJson'])
    .where('edge', '=', edge)
    // As the index has it: only so it is used.
    .where(sql<boolean>`kind in ('fault', 'turn')`)
    .where('at', '>=', from)
    .where('at', '<', to)
    .limit(mostRecords)
    .execute();
  const arisen = new Set<string>();
  let heard = 0;
  let understood = 0;
  for (const { kind, bodyJson } of rows) {
    if (kind === 'fault') {
      const { state, thing, fault, since } = JSON.parse(bodyJson) as FaultReport & { state: string };
      if (state === 'active' && since >= from) arisen.add(`${thing} ${fault} ${since}`);
      continue;
    }
    const { by, measured } = JSON.parse(bodyJson) as Turn;
    if (by !== 'operator' || !measured) continue;
    heard++;
    if (!measured.measures.unmatched) understood++;
  }
  return { faults: arisen.size, heard, understood };
}
