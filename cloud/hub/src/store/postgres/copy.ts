import { finished } from 'node:stream/promises';
import type { EachRow } from '@wayside/sqlite';
import type { ClientBase } from 'pg';
import { from } from 'pg-copy-streams';
import { fit } from './fit.ts';

type Row = EachRow['rows'][number];

/** Runs a `copy … from stdin` over these rows. @returns what pg returns of a statement that returns none */
export async function copy(client: ClientBase, statement: string, { rows }: EachRow): Promise<{ command: string; rows: never[] }> {
  const stream = client.query(from(statement));
  stream.end(rows.map(lineOf).join(''));
  await finished(stream);
  return { command: 'COPY', rows: [] };
}

/** The text format (postgresql.org/docs/current/sql-copy.html#id-1.9.3.55.9.2). */
const lineOf = (row: Row): string =>
  `${row.map((value) => (value === null ? '\\N' : typeof value === 'string' ? textOf(value) : value)).join('\t')}\n`;

const special = /[\\\n\r\t]/g;
const written: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
const textOf = (text: string): string => (fit(text) as string).replace(special, (char) => written[char] as string);
