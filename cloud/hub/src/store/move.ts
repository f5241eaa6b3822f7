import { access } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { WaysideError } from '@wayside/protocol';
import { openStore } from '@wayside/sqlite';
import { type RawBuilder, sql } from 'kysely';
import { indexMissing } from '../knowledge/index-words.ts';
import { migrationsIn } from './migrations.ts';
import { fit } from './postgres/fit.ts';
import { createRowSum, type RowSum } from './row-sum.ts';
import type { Db, Schema } from './schema.ts';

type Row = Record<string, unknown>;
export type Moved = { table: string } & RowSum;

const rowsAtOnce = 500;
/** Pictures are large. */
const atOnce = (table: string) => (table === 'picture' ? 20 : rowsAtOnce);
/** The protocol numbers parameters in 16 bits (postgresql.org/docs/current/protocol-message-formats.html). */
const mostParameters = 60_000;

/**
 * Copies all a hub remembers from its file into a PostgreSQL database that holds nothing yet, in one transaction; then reads both and compares each table by
 * count and by the sum of its rows' hashes. The file is only read. Stop the hub first.
 * @throws WaysideError `not-found` without a file; `conflict` when the hub runs, or the database holds something; `internal` when a table differs; what the database says
 */
export async function moveStore(file: string, url: string, onTable: (moved: Moved) => void): Promise<void> {
  await access(file).catch(() =>
    Promise.reject(new WaysideError('not-found', `There is no store ${file}. Name the hub's data folder with --data.`)),
  );
  // Brings it up to date, and proves that nobody else has it.
  await (await openStore<Schema>(file, migrationsIn('sqlite'))).close();
  const from = new DatabaseSync(file, { readOnly: true });
  const { openPostgres } = await import('./postgres/open.ts');
  const to = await openPostgres(url);
  try {
    await to.db.transaction().execute(async (tx) => {
      if (await tx.selectFrom('technician').select('id').limit(1).executeTakeFirst())
        throw new WaysideError('conflict', 'The database holds a hub already. Move into an empty one.');
      const all = tablesOf(from);
      const moved = new Map<string, RowSum>();
      for (const table of all) moved.set(table, await copyTable(from, tx, table));
      await indexMissing(tx);
      await continueNumbers(tx);
      for (const table of all) {
        const [there, here] = [moved.get(table) as RowSum, await sumOf(tx, table)];
        if (there.rows !== here.rows || there.sum !== here.sum)
          throw new WaysideError(
            'internal',
            `Table ${table} differs after the copy (${there.rows} rows, then ${here.rows}). Nothing was moved.`,
          );
        onTable({ table, ...here });
      }
    });
  } finally {
    from.close();
    await to.close();
  }
}

/** Those that others refer to come first. The full text is made anew, and the figures count themselves. */
function tablesOf(from: DatabaseSync): string[] {
  const rows = from
    .prepare(
      `select name from sqlite_schema where type = 'table' and name not like 'sqlite\\_%' escape '\\' and name not like 'kysely\\_%' escape '\\' and name not like 'articleWords%' and name not like 'caseWords%' and name <> 'caseFigure'`,
    )
    .all() as { name: string }[];
  const first = ['technician', 'edge', 'case'];
  return [...first, ...rows.map(({ name }) => name).filter((name) => !first.includes(name))];
}

async function copyTable(from: DatabaseSync, tx: Db, table: string): Promise<RowSum> {
  const sum = createRowSum();
  // A case refers to the one it became part of.
  const inOrder = table === 'case' ? ' order by mergedInto is not null' : '';
  let some: Row[] = [];
  const flush = async () => {
    if (some.length > 0)
      await tx
        .insertInto(table as 'setting')
        .values(some as never)
        .execute();
    some = [];
  };
  for (const row of from.prepare(`select * from "${table}"${inOrder}`).iterate() as Iterable<Row>) {
    const fitted = Object.fromEntries(Object.entries(row).map(([column, value]) => [column, fit(value)]));
    sum.add(fitted);
    some.push(fitted);
    if (some.length >= atOnce(table) || some.length * Object.keys(row).length > mostParameters) await flush();
  }
  await flush();
  return sum.total();
}

async function sumOf(tx: Db, table: string): Promise<RowSum> {
  const sum = createRowSum();
  await sql`declare rows no scroll cursor for select * from ${sql.table(table)}`.execute(tx);
  for (;;) {
    const { rows } = await sql<Row>`fetch ${sql.lit(atOnce(table))} from rows`.execute(tx);
    if (rows.length === 0) break;
    for (const row of rows) sum.add(row);
  }
  await sql`close rows`.execute(tx);
  return sum.total();
}

/** Numbers that the database gives go on after the greatest that came. */
async function continueNumbers(tx: Db): Promise<void> {
  const numbered: RawBuilder<{ table_name: string; column_name: string }> =
    sql`select table_name, column_name from information_schema.columns where table_schema = 'main' and is_identity = 'YES'`;
  for (const { table_name: table, column_name: column } of (await numbered.execute(tx)).rows)
    await sql`select setval(pg_get_serial_sequence(${`main."${table}"`}, ${column}), greatest(1, (select max(${sql.ref(column)}) from ${sql.table(table)})))`.execute(
      tx,
    );
}
