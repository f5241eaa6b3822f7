import type { SuccessRate } from '@wayside/contract';
import { type ExpressionBuilder, sql } from 'kysely';
import type { Change } from '../store/change.ts';
import type { Db, Schema } from '../store/schema.ts';
import { send } from '../sync/envelopes.ts';

const counts = (e: ExpressionBuilder<Schema, 'repair'>) =>
  [
    e.fn.countAll<number>().as('tries'),
    sql<number>`count(*) filter (where state = 'fixed')`.as('fixed'),
    sql<number>`count(*) filter (where state = 'not-fixed')`.as('notFixed'),
  ] as const;

/** How a procedure has done on all edges. A repair that is still watched is no try yet. */
export async function rateOf(db: Db, family: string, procedure: string): Promise<SuccessRate> {
  const row = await db
    .selectFrom('repair')
    .select(counts)
    .where('family', '=', family)
    .where('procedure', '=', procedure)
    .where('state', '!=', 'watching')
    .executeTakeFirst();
  return { family, procedure, ...numbers(row) };
}

/** How the repairs that these articles stand behind have done, by `family/article`. */
export async function ratesOfArticles(
  db: Db,
  articles: readonly string[],
): Promise<Map<string, Omit<SuccessRate, 'procedure' | 'family'>>> {
  const rows = await db
    .selectFrom('repair')
    .select(['family', 'article'])
    .select(counts)
    .where('article', 'in', sql<string>`(select value from json_each(${JSON.stringify(articles)}))`)
    .where('state', '!=', 'watching')
    .groupBy(['family', 'article'])
    .execute();
  return new Map(rows.map((row) => [`${row.family}/${row.article}`, numbers(row)]));
}

/** Tells every edge how a procedure has done now, where that is news: a fleet of thousands need not hear of each repair. */
export async function tellRate(here: Change, { family, procedure }: { family: string; procedure: string }): Promise<void> {
  const rate = await rateOf(here.tx, family, procedure);
  const told = await here.tx
    .selectFrom('rateTold')
    .select(['tries', 'fixed', 'notFixed'])
    .where('family', '=', family)
    .where('procedure', '=', procedure)
    .executeTakeFirst();
  if (told && !isNews(told, rate)) return;
  const values = { tries: rate.tries, fixed: rate.fixed, notFixed: rate.notFixed };
  await here.tx
    .insertInto('rateTold')
    .values({ family, procedure, ...values })
    .onConflict((c) => c.columns(['family', 'procedure']).doUpdateSet(values))
    .execute();
  for (const { id } of await here.tx.selectFrom('edge').select('id').orderBy('id').execute()) await send(here, id, 'rate', rate);
}

/** Gives an edge that has just come every rate the others were told. */
export async function sendRates(here: Change, edge: string): Promise<void> {
  for (const rate of await here.tx.selectFrom('rateTold').selectAll().execute()) await send(here, edge, 'rate', rate);
}

type Counts = Pick<SuccessRate, 'tries' | 'fixed' | 'notFixed'>;
const share = ({ fixed, notFixed }: Counts) => (fixed + notFixed === 0 ? 0 : fixed / (fixed + notFixed));

/** The first ten repairs each; after that a tenth more, or a share that moved by five points. */
export const isNews = (told: Counts, now: Counts): boolean =>
  now.tries <= 10 || now.tries >= told.tries * 1.1 || Math.abs(share(now) - share(told)) >= 0.05;

const numbers = (row: { tries: number; fixed: number; notFixed: number } | undefined): Counts => ({
  tries: Number(row?.tries ?? 0),
  fixed: Number(row?.fixed ?? 0),
  notFixed: Number(row?.notFixed ?? 0),
});
