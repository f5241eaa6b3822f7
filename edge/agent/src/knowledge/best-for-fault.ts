import type { Locale } from '@wayside/protocol';
import { sql } from 'kysely';
import type { Db } from '../store/schema.ts';
import { isFor, type Machine } from './stands-for.ts';

/** A fault of a machine, the article its pack names for it, and those that the person was shown lately, the newest last. */
export type AboutFault = {
  fault: string;
  family: string;
  locale: Locale;
  machine: Machine;
  named?: string | undefined;
  cited?: readonly string[];
};

/**
 * The article to cite for a fault of this machine, in this language: of all that say they are about it the one the person was shown last, else that after whose repairs the fault was gone
 * most often on this edge; of those that did alike well the hub's, which knows what technicians found, then the one its pack names, then the newest.
 */
export async function bestForFault(
  db: Db,
  { fault, family, locale, machine, named, cited = [] }: AboutFault,
): Promise<{ id: string; title: string } | undefined> {
  const rows = await db
    .selectFrom('article')
    .select(['id', 'title', 'origin', 'version', 'applies'])
    .where('locale', '=', locale)
    .where('family', '=', family)
    .where('faults', 'like', `%"${fault}"%`)
    .execute();
  const here = rows.filter(({ applies }) => isFor(applies, [machine]));
  const written = new Set(here.filter(({ origin }) => origin === 'hub').map(({ id }) => id));
  const stand = here.filter(({ id, origin }) => origin === 'hub' || !written.has(id));
  if (stand.length < 2) return stand[0];
  const rates = await solvedRates(
    db,
    stand.map(({ id }) => id),
  );
  const rank = ({ id, origin, version }: (typeof stand)[number]) => [
    cited.lastIndexOf(id),
    rates.get(id) ?? untried,
    Number(origin === 'hub'),
    Number(id === named),
    version,
  ];
  return stand.map((row) => ({ row, by: rank(row) })).sort((a, b) => inTurn(b.by, a.by))[0]?.row;
}

/** As if it had helped once and failed once before it was tried (Laplace's rule of succession): one lucky repair is no proof. */
const untried = 1 / 2;

async function solvedRates(db: Db, ids: readonly string[]): Promise<Map<string, number>> {
  const article = sql<string>`json_extract(body, '$.article')`;
  const rows = await db
    .selectFrom('repair')
    .select([article.as('article'), sql<number>`count(*) filter (where state = 'fixed')`.as('fixed'), sql<number>`count(*)`.as('judged')])
    .where('state', 'in', ['fixed', 'not-fixed'])
    .where(article, 'in', ids)
    .groupBy(article)
    .execute();
  return new Map(rows.map(({ article: id, fixed, judged }) => [id, (fixed + 1) / (judged + 2)]));
}

/** Compares by the first that differs. */
const inTurn = (a: readonly number[], b: readonly number[]): number => a.map((one, i) => one - (b[i] ?? 0)).find((by) => by !== 0) ?? 0;
