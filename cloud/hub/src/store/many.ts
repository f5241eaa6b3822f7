import { type RawBuilder, sql } from 'kysely';
import { isPostgres } from './engine.ts';
import { fit } from './postgres/fit.ts';
import type { Db, Schema } from './schema.ts';

/** The columns of some rows, in their order, with what they hold. */
type Columns = Readonly<Record<string, 'text' | 'bigint'>>;
type Value = string | number | null;
export type Many = { columns: Columns; rows: readonly (readonly Value[])[] };

/**
 * Many rows as a table named `given`, in one statement that is the same however many they are: SQLite takes them as JSON (sqlite.org/json1.html), PostgreSQL as
 * an array for each column. A parameter for each value would cost more than the writing.
 */
export function given(db: Db, { columns, rows }: Many): RawBuilder<unknown> {
  const names = Object.keys(columns);
  if (isPostgres(db)) {
    const arrays = Object.values(columns).map((type, i) => sql`cast(${rows.map((row) => fit(row[i]))} as ${sql.raw(type)}[])`);
    return sql`unnest(${sql.join(arrays)}) as given (${sql.join(names.map((name) => sql.id(name)))})`;
  }
  const each = names.map((name, i) => `json_extract(value, '$[${i}]') as "${name}"`).join(', ');
  return sql`(select ${sql.raw(each)} from json_each(${JSON.stringify(rows)})) as given`;
}

/** Inserts many rows by one statement. @param keys those that are there already are replaced by what is new */
export async function insertMany(db: Db, table: keyof Schema, many: Many, keys?: readonly string[]): Promise<void> {
  if (many.rows.length === 0) return;
  const names = Object.keys(many.columns);
  const rest = names.filter((name) => !keys?.includes(name));
  const conflict = keys
    ? `on conflict (${keys.map((key) => `"${key}"`).join(', ')}) do update set ${rest.map((name) => `"${name}" = excluded."${name}"`).join(', ')}`
    : '';
  // "where true": else SQLite takes "on" for a join (sqlite.org/lang_upsert.html §2.2).
  await sql`insert into ${sql.table(table)} (${sql.raw(names.map((name) => `"${name}"`).join(', '))})
    select * from ${given(db, many)} where true ${sql.raw(conflict)}`.execute(db);
}
