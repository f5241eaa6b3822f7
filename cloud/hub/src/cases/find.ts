import { type RawBuilder, sql } from 'kysely';
import type { News } from '../store/change.ts';
import { isPostgres } from '../store/engine.ts';
import { ftsOf, placesOf, tsqueryOf, type Wanted, wordsOf } from '../store/full-text.ts';
import type { Db } from '../store/schema.ts';
import type { Glance } from './row.ts';

/** Of a long conversation the newest lines, and of all of it so many characters. */
const mostLines = 300;
const mostText = 60_000;

/**
 * Stands before each word of a case, and says whether that is over: what is looked for among the few that are open is then never looked for among the million
 * that are not.
 */
const markOf = (over: boolean): string => (over ? 'd' : 'o');

/**
 * The cases that have all of the words in what they are about, who asks, on which machine and where, who helps, what was said and what solved it.
 * @param over among those that are resolved, else among those that are not
 * @returns a query for `case`, its id, and `place`: the later it came here, the higher
 */
export function casesWith(db: Db, wanted: Wanted, over: boolean): RawBuilder<{ case: string; place: number }> {
  const mark = markOf(over);
  return isPostgres(db)
    ? sql`(select "case", place from "caseWords" where words @@ cast(${tsqueryOf(wanted, mark)} as tsquery))`
    : sql`(select p."case", w.rowid as place from caseWords w cross join caseWordsPlace p on p.place = w.rowid where w.caseWords match ${ftsOf(wanted, mark)})`;
}

/** Every case that is told to have changed is found by what it holds then. */
export async function followCases(tx: Db, news: readonly News[]): Promise<void> {
  for (const one of news) if (one.event === 'case') await indexCase(tx, one.data.case);
}

/** Makes a case found by what it holds now. */
export async function indexCase(tx: Db, id: string): Promise<void> {
  const row = await tx
    .selectFrom('case')
    .leftJoin('technician', 'technician.id', 'case.technician')
    .select(['case.id', 'case.edge', 'case.state', 'case.mergedInto', 'case.glanceJson', 'case.resolution', 'technician.name'])
    .where('case.id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return;
  // What stands in another case is found there.
  if (row.mergedInto !== null) await indexCase(tx, row.mergedInto);
  const text = row.mergedInto === null ? [...aboutOf(row), ...(await saidIn(tx, row))].join('\n').slice(0, mostText) : '';
  const mark = markOf(row.state === 'resolved');
  if (isPostgres(tx)) {
    await sql`insert into "caseWords" ("case", words) values (${id}, cast(${placesOf({ A: text }, mark)} as tsvector))
      on conflict ("case") do update set words = excluded.words where "caseWords".words <> excluded.words`.execute(tx);
    return;
  }
  const words = wordsOf(text)
    .map((word) => mark + word)
    .join(' ');
  const place = sql`(select place from caseWordsPlace where "case" = ${id})`;
  const { rows } = await sql<{ words: string }>`select words from caseWords where rowid = ${place}`.execute(tx);
  if (rows[0]?.words === words) return;
  if (rows.length > 0) await sql`update caseWords set words = ${words} where rowid = ${place}`.execute(tx);
  else {
    await sql`insert into caseWordsPlace ("case") values (${id}) on conflict do nothing`.execute(tx);
    await sql`insert into caseWords (rowid, words) values (${place}, ${words})`.execute(tx);
  }
}

type About = { id: string; edge: string; glanceJson: string; resolution: string | null; name: string | null };

function aboutOf({ id, edge, glanceJson, resolution, name }: About): string[] {
  const { title, summary, said, person, thing, thingTitle, thingTitles, topFault, skill } = JSON.parse(glanceJson) as Glance;
  const both = [title, summary, thingTitles, topFault, skill].flatMap((one) => [one?.en, one?.zh]);
  return [id, edge, ...both, said, person, thing, thingTitle, name, resolution].filter((one) => typeof one === 'string');
}

/** What people said to each other in it, and in what stands in it, the newest first. */
async function saidIn(tx: Db, { id, edge }: { id: string; edge: string }): Promise<string[]> {
  const rows = await tx
    .selectFrom('turn')
    .select('text')
    .where('edge', '=', edge)
    .where('session', 'in', (e) =>
      e
        .selectFrom('case')
        .select('session')
        .where((c) => c.or([c('id', '=', id), c('mergedInto', '=', id)])),
    )
    .where('by', 'in', ['operator', 'technician'])
    .orderBy('place', 'desc')
    .limit(mostLines)
    .execute();
  return rows.map(({ text }) => text);
}

/**
 * Which of the cases after this one, by id, an older hub, or a store that was put together again, left without words.
 * @returns those, and the last that was looked at; undefined when there are no more
 */
export async function unfoundAfter(db: Db, after: string, most: number): Promise<{ ids: string[]; last: string | undefined }> {
  const rows = await db.selectFrom('case').select('id').where('id', '>', after).orderBy('id').limit(most).execute();
  const asked = sql`(select value from json_each(${JSON.stringify(rows.map(({ id }) => id))}))`;
  const held = await (isPostgres(db)
    ? sql<{ id: string }>`select "case" as id from "caseWords" where "case" in ${asked}`
    : sql<{ id: string }>`select p."case" as id from caseWordsPlace p where p."case" in ${asked}
        and exists (select 1 from caseWords w where w.rowid = p.place)`
  ).execute(db);
  const found = new Set(held.rows.map(({ id }) => id));
  return { ids: rows.flatMap(({ id }) => (found.has(id) ? [] : [id])), last: rows.at(-1)?.id };
}
