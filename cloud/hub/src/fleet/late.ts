import { sql } from 'kysely';
import type { Change } from '../store/change.ts';
import { dayMs } from '../store/figure-tables.ts';
import { given } from '../store/many.ts';

/** A record that comes so long after it was made is late: there was no link, or the edge had more to tell than went through. */
export const lateMs = 5 * 60_000;
/** By what is older the edge's clock was wrong, not its link. */
const oldestMs = 400 * dayMs;

/** Counts of the records just stored those that came late, by the edges' own clocks. */
export async function countLate({ tx, now }: Change, told: readonly { edge: string; made: readonly number[] }[]): Promise<void> {
  const late = told.flatMap(({ edge, made }) => {
    const ages = made.map((at) => now - at).filter((age) => age >= lateMs && age < oldestMs);
    return ages.length > 0 ? [{ edge, count: ages.length, worst: ages.reduce((a, b) => Math.max(a, b)) }] : [];
  });
  if (late.length === 0) return;
  const byEdge = [...Map.groupBy(late, ({ edge }) => edge)].map(([edge, those]) => [
    edge,
    Math.floor(now / dayMs),
    those.reduce((sum, { count }) => sum + count, 0),
    Math.max(...those.map(({ worst }) => worst)),
  ]);
  const rows = given(tx, { columns: { edge: 'text', day: 'bigint', count: 'bigint', worst: 'bigint' }, rows: byEdge });
  await sql`insert into "edgeLate" (edge, day, count, "worstMs") select given.edge, given.day, given.count, given.worst from ${rows} where true
    on conflict (edge, day) do update set count = "edgeLate".count + excluded.count,
      "worstMs" = case when excluded."worstMs" > "edgeLate"."worstMs" then excluded."worstMs" else "edgeLate"."worstMs" end`.execute(tx);
}
