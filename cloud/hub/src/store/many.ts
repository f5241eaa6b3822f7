import { EachRow } from '@wayside/sqlite';
import { CompiledQuery, type RawBuilder, sql } from 'kysely';
import { isPostgres } from './engine.ts';
import { fit } from './postgres/fit.ts';
import type { Db, Schema } from './schema.ts';

/** The columns of some rows, in their order, with what they hold. */
type Columns = Readonly<Record<string, 'text' | 'bigint'>>;
type Value = string | number | null;
export type Many = { columns: Columns; rows: readonly (readonly Value[])[] };

/**
 * Many rows as a table named `given`, in one statement that is the same however many they are. Both engines take them as JSON (sqlite.org/json1.html;
 * postgresql.org/docs/current/functions-json.html), which is written faster than any parameter for each value or array for each column.
 */
export function given(db: Db, { columns, rows }: Many): RawBuilder<unknown> {
  const names = Object.keys(columns);
  if (isPostgres(db)) {
    const typed = names.map((name) => sql`${sql.id(name)} ${sql.raw(columns[name] as string)}`);
    return sql`json_to_recordset(cast(${named(names, rows)} as json)) as given (${sql.join(typed)})`;
  }
  const each = names.map((name, i) => `json_extract(value, '$[${i}]') as "${name}"`).join(', ');
  return sql`(select ${sql.raw(each)} from json_each(${JSON.stringify(rows)})) as given`;
}

/**
 * Inserts many rows, each engine by its fastest way: SQLite takes them one by one from a prepared statement beside it, PostgreSQL as a COPY
 * (postgresql.org/docs/current/populate.html), or where some replace others as one statement.
 * @param keys no two rows have these alike; without, none is expected to be there already
 * @param stays of two that have, the new one or the one that is there
 * @param along on SQLite they go to its thread with the next statement of the transaction, as nobody looks at what becomes of them alone
 */
export async function insertMany(
  db: Db,
  table: keyof Schema,
  { columns, rows }: Many,
  keys?: readonly string[],
  stays: 'new' | 'old' = 'new',
  along = false,
): Promise<void> {
  if (rows.length === 0) return;
  const names = Object.keys(columns);
  const into = `"${table}" (${quoted(names)})`;
  if (!isPostgres(db)) {
    const each = `insert into ${into} values (${names.map(() => '?').join(', ')}) ${onConflict(names, keys, stays)}`;
    await db.executeQuery(CompiledQuery.raw(each, [new EachRow(rows, along)]));
  } else if (keys === undefined) {
    await db.executeQuery(CompiledQuery.raw(`copy ${into} from stdin`, [new EachRow(rows)]));
  } else {
    await sql`insert into ${sql.raw(into)} select * from ${given(db, { columns, rows })} ${sql.raw(onConflict(names, keys, stays))}`.execute(
      db,
    );
  }
}

const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');

function onConflict(names: readonly string[], keys: readonly string[] | undefined, stays: 'new' | 'old'): string {
  if (keys === undefined) return '';
  if (stays === 'old') return `on conflict (${quoted(keys)}) do nothing`;
  const rest = names.filter((name) => !keys.includes(name));
  return `on conflict (${quoted(keys)}) do update set ${rest.map((name) => `"${name}" = excluded."${name}"`).join(', ')}`;
}

/** Rows as JSON objects; PostgreSQL takes no U+0000. */
function named(names: readonly string[], rows: Many['rows']): string {
  const objects = (all: Many['rows']) =>
    all.map((row) => {
      const one: Record<string, Value> = {};
      for (const [i, name] of names.entries()) one[name] = row[i] as Value;
      return one;
    });
  const text = JSON.stringify(objects(rows));
  return text.includes('\\u0000') ? JSON.stringify(objects(rows.map((row) => row.map((value) => fit(value) as Value)))) : text;
}
