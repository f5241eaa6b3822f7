import { sql } from 'kysely';
import type { Db } from '../store/schema.ts';
import { everybody } from './can.ts';
import type { Entry } from './routes.ts';

/** Tables of what edges tell, by the column that names the edge. */
const ofEdges = {
  edge: 'id',
  case: 'edge',
  caseTally: 'edge',
  turn: 'edge',
  thing: 'edge',
  fault: 'edge',
  session: 'edge',
  repair: 'edge',
  recommendation: 'edge',
  edgeSays: 'edge',
  rolloutEdge: 'edge',
  edgeHere: 'edge',
  edgeGap: 'edge',
  edgeLate: 'edge',
  quarantine: 'edge',
} as const;

/**
 * The store as one tenant sees it: what edges of others have told is not there. For reading only. A common table expression stands in the place
 * of each table (sqlite.org/lang_with.html), so that no query can forget to narrow itself.
 */
export function within(db: Db, tenant: string): Db {
  if (tenant === everybody) return db;
  let narrowed: unknown = db;
  for (const [table, column] of Object.entries(ofEdges))
    narrowed = (narrowed as Db).with(
      table as never,
      () =>
        // As an expression: else SQLite goes through all cases of each edge, and never by the index that the query is made for.
        sql`(select * from main.${sql.id(table)} where ${table === 'case' ? sql`${sql.id(column)} || ''` : sql.id(column)} in (select id from main.edge where tenant = ${tenant}))` as never,
    );
  // By its executor it is known which engine it speaks to.
  return Object.assign(narrowed as Db, { getExecutor: () => db.getExecutor() });
}

/** To whom it belongs what a path names: undefined when there is no such thing. */
export async function tenantOf(db: Db, of: NonNullable<Entry['of']>, id: string): Promise<string | undefined> {
  if (of === 'technician') return (await db.selectFrom('technician').select('tenant').where('id', '=', id).executeTakeFirst())?.tenant;
  const edge = of === 'edge' ? id : (await db.selectFrom('case').select('edge').where('id', '=', id).executeTakeFirst())?.edge;
  if (edge === undefined) return undefined;
  return (await db.selectFrom('edge').select('tenant').where('id', '=', edge).executeTakeFirst())?.tenant;
}

/** Of many cases and edges, to whom each belongs. What is not there is left out. */
export async function tenantsOf(db: Db, of: 'case' | 'edge', ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const asked = sql<string>`(select value from json_each(${JSON.stringify(ids)}))`;
  const rows =
    of === 'edge'
      ? await db.selectFrom('edge').select(['id', 'tenant']).where('id', 'in', asked).execute()
      : await db
          .selectFrom('case')
          .innerJoin('edge', 'edge.id', 'case.edge')
          .select(['case.id', 'edge.tenant'])
          .where('case.id', 'in', asked)
          .execute();
  return new Map(rows.map(({ id, tenant }) => [id, tenant]));
}
