import { sql } from 'kysely';
import type { EdgeHealth } from '../api/rollout-types.ts';
import type { Db } from '../store/schema.ts';

const dayMs = 86_400_000;
const weekMs = 7 * dayMs;
/** Edges that one query counts, so that none takes long. */
const atOnce = 500;

/** An edge, and since when it runs something (epoch ms). */
export type Runs = { edge: string; since: number };

/**
 * How edges have been since they run something, and in the week before: faults that arose, sentences heard and understood. Less than a day counts
 * as one, so that the first fault of the first minute is not a thousand a day. Errors are those of an edge's log since it started with it.
 * @returns by edge; counted where the records lie, so that of any number of them only the figures are read
 */
export async function healthOf(db: Db, asked: readonly Runs[], now: number): Promise<Map<string, EdgeHealth>> {
  const healths = new Map<string, EdgeHealth>();
  for (let i = 0; i < asked.length; i += atOnce) {
    const some = asked.slice(i, i + atOnce);
    const [counted, errors] = await Promise.all([countRecords(db, some, now), errorsOf(db, some)]);
    for (const { edge, since } of some)
      healths.set(edge, {
        now: { ...(counted.get(`${edge} 1`) ?? none), days: daysOf(since, now) },
        before: { ...(counted.get(`${edge} 0`) ?? none), days: weekMs / dayMs },
        errors: errors.get(edge) ?? 0,
      });
  }
  return healths;
}

/** For how many days an edge has run something, as its faults are reckoned. */
export const daysOf = (since: number, now: number): number => Math.max(1, (now - since) / dayMs);

type Counts = { faults: number; heard: number; understood: number };
const none: Counts = { faults: 0, heard: 0, understood: 0 };

/** By edge and whether it is since then (1) or in the week before (0). */
async function countRecords(db: Db, asked: readonly Runs[], now: number): Promise<Map<string, Counts>> {
  const says = (path: string) => sql`json_extract(r."bodyJson", ${sql.lit(path)})`;
  const isSince = sql`case when r.at >= a.since then 1 else 0 end`;
  const heard = sql`r.kind = 'turn' and ${says('$.by')} = 'operator' and ${says('$.measured')} is not null`;
  // A fault that stands for long is told again; it arose once.
  const arose = sql`r.kind = 'fault' and ${says('$.state')} = 'active' and cast(${says('$.since')} as bigint) >= a.since - (1 - (${isSince})) * cast(${weekMs} as bigint)`;
  const { rows } = await sql<{ edge: string; since: number } & Counts>`
    with asked as (select json_extract(value, '$[0]') as edge, cast(json_extract(value, '$[1]') as bigint) as since
      from json_each(${JSON.stringify(asked.map(({ edge, since }) => [edge, since]))}))
    select a.edge as edge, ${isSince} as since,
      count(distinct case when ${arose} then ${says('$.thing')} || ' ' || ${says('$.fault')} || ' ' || ${says('$.since')} end) as faults,
      sum(case when ${heard} then 1 else 0 end) as heard,
      sum(case when ${heard} and cast(coalesce(${says('$.measured.measures.unmatched')}, '0') as double precision) = 0 then 1 else 0 end) as understood
    from asked a cross join "upRecord" r
    where r.edge = a.edge and r.kind in ('fault', 'turn') and r.at >= a.since - cast(${weekMs} as bigint) and r.at < cast(${now} as bigint)
    group by a.edge, ${isSince}`.execute(db);
  return new Map(
    rows.map(({ edge, since, faults, heard, understood }) => [
      `${edge} ${Number(since)}`,
      { faults: Number(faults), heard: Number(heard), understood: Number(understood) },
    ]),
  );
}

/** Errors in the logs of edges since they started, as they said last. */
async function errorsOf(db: Db, asked: readonly Runs[]): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('edgeSays')
    .select(['edge', sql<number>`cast(json_extract("reportJson", '$.errors') as bigint)`.as('errors')])
    .where('edge', 'in', sql<string>`(select value from json_each(${JSON.stringify(asked.map(({ edge }) => edge))}))`)
    .execute();
  return new Map(rows.map(({ edge, errors }) => [edge, Number(errors ?? 0)]));
}
