import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { createPatience } from './disk-trouble.ts';

/** What came over of a table. */
export type Salvaged = { table: string; rows: number; whole: boolean };

/** Beyond a page that cannot be read the next row is looked for at growing distances, up to this one. */
const furthest = 2 ** 20;

/**
 * Takes over what can still be read of a damaged database: of each table the rows up to the first page that cannot be read, those beyond it,
 * and so on to its end. Tables of a full-text index are left out, they are made again from what they index.
 * @param within ms; what is not taken over by then stays where it was
 */
export function salvage(database: DatabaseSync, from: string, within: number): Salvaged[] {
  const deadline = performance.now() + within;
  const again = createPatience();
  // Not attached: an error of the one must not undo what is written to the other.
  const damaged = openDamaged(from, again);
  if (!damaged) return [];
  database.exec('pragma foreign_keys = off');
  try {
    // What is long must not take the time of what is short.
    const tables = tablesOf(database)
      .map((table) => ({ table, last: lastOf(damaged, table, again) }))
      .sort((a, b) => a.last - b.last);
    return tables.map(({ table }) => takeOver(database, damaged, table, deadline, again));
  } finally {
    database.exec('pragma foreign_keys = on');
    damaged.close();
  }
}

type Again = ReturnType<typeof createPatience>;

/** @returns undefined when not even its list of tables can be read */
function openDamaged(from: string, again: Again): DatabaseSync | undefined {
  for (;;) {
    const damaged = new DatabaseSync(from);
    try {
      damaged.exec('pragma locking_mode=exclusive');
      damaged.prepare('select count(*) from sqlite_master').get();
      return damaged;
    } catch (error) {
      damaged.close();
      // Somebody has it still: that says nothing of what it holds.
      if (busy.has(((error as { errcode?: number }).errcode ?? 0) & 0xff)) throw error;
      if (!again(error)) return undefined;
    }
  }
}

/** SQLITE_BUSY and SQLITE_LOCKED (sqlite.org/rescode.html). */
const busy = new Set([5, 6]);

function tablesOf(database: DatabaseSync): string[] {
  const rows = database
    .prepare(
      "select name, sql from main.sqlite_master where type = 'table' and name not like 'sqlite!_%' escape '!' and name not like 'kysely!_%' escape '!'",
    )
    .all() as { name: string; sql: string }[];
  const virtual = rows.filter(({ sql }) => /^create virtual/i.test(sql)).map(({ name }) => name);
  return rows.map(({ name }) => name).filter((name) => !virtual.some((one) => name === one || name.startsWith(`${one}_`)));
}

/** The highest row number; 0 for a table that has none, or cannot be read at its end. */
function lastOf(database: DatabaseSync, table: string, again: Again): number {
  return read(() => Number(database.prepare(`select max(rowid) as last from "${table}"`).get()?.last ?? 0), again) ?? 0;
}

/** Undefined when it cannot be read. */
function read<T>(act: () => T, again: Again): T | undefined {
  for (;;) {
    try {
      return act();
    } catch (error) {
      if (!again(error)) return undefined;
    }
  }
}

function takeOver(database: DatabaseSync, damaged: DatabaseSync, table: string, deadline: number, again: Again): Salvaged {
  const there = read(() => columnsOf(damaged, table), again);
  if (!there) return { table, rows: 0, whole: false };
  const columns = columnsOf(database, table).filter((column) => there.includes(column));
  if (columns.length === 0) return { table, rows: 0, whole: true };
  const names = columns.map((column) => `"${column}"`).join(', ');
  const insert = database.prepare(`insert or ignore into main."${table}" (${names}) values (${columns.map(() => '?').join(', ')})`);
  database.exec('begin');
  try {
    const taken = readOn(damaged, table, names, columns, insert, deadline, again);
    database.exec('commit');
    return { table, ...taken };
  } catch (error) {
    if (database.isTransaction) database.exec('rollback');
    throw error;
  }
}

function readOn(
  damaged: DatabaseSync,
  table: string,
  names: string,
  columns: readonly string[],
  insert: StatementSync,
  deadline: number,
  again: Again,
): { rows: number; whole: boolean } {
  let after = Number.MIN_SAFE_INTEGER;
  let rows = 0;
  let whole = true;
  for (let stride = 0; stride <= furthest; ) {
    if (performance.now() > deadline) return { rows, whole: false };
    const begun = rows;
    let writing = false;
    try {
      const select = damaged.prepare(`select rowid as "rowid ", ${names} from main."${table}" where rowid > ? order by rowid`);
      for (const row of select.iterate(after + stride)) {
        after = row['rowid '] as number;
        writing = true;
        rows += Number(insert.run(...columns.map((column) => row[column] as SQLInputValue)).changes);
        writing = false;
        if (rows % 1_000 === 0 && performance.now() > deadline) return { rows, whole: false };
      }
      return { rows, whole };
    } catch (error) {
      // A full disk is no hole in what is read.
      if (writing) throw error;
      if (again(error)) {
        // Right behind the last row that came, since nothing between is lost yet.
        if (rows > begun) stride = 0;
        continue;
      }
      whole = false;
      if (after === Number.MIN_SAFE_INTEGER) after = 0;
      // What came after the hole counts from there again.
      stride = rows > begun ? 1 : Math.max(1, stride * 2);
    }
  }
  return { rows, whole };
}

const columnsOf = (database: DatabaseSync, table: string): string[] =>
  (database.prepare('select name from pragma_table_info(?)').all(table) as { name: string }[]).map(({ name }) => name);
