import { sql } from 'kysely';
import type { Change } from '../store/change.ts';
import { given, insertMany } from '../store/many.ts';
import type { ReadRecord } from './read-record.ts';

/** An edge's stream, told by the edge and the epoch of its store. */
type Stream = { edge: string; epoch: string };
const keyOf = ({ edge, epoch }: Stream): string => `${epoch}\n${edge}`;

export type Reached = { durableThrough: number; safeThrough: number };

/** How far each of these streams is stored. */
export async function readStreams({ tx }: Change, streams: readonly Stream[]): Promise<(stream: Stream) => Reached> {
  const edges = JSON.stringify(streams.map(({ edge }) => edge));
  const rows = await tx
    .selectFrom('upStream')
    .selectAll()
    .where('edge', 'in', sql<string>`(select value from json_each(${edges}))`)
    .execute();
  const known = new Map(rows.map((row) => [keyOf(row), row]));
  return (stream) => known.get(keyOf(stream)) ?? { durableThrough: 0, safeThrough: 0 };
}

/** The content of what is stored already under the numbers just sent, by stream. */
export async function storedHashes(
  { tx }: Change,
  batches: readonly (Stream & { records: readonly ReadRecord[] })[],
): Promise<(stream: Stream) => ReadonlyMap<number, string>> {
  const asked = batches.flatMap(({ edge, epoch, records }) => {
    const [first, last] = [records[0]?.seq, records.at(-1)?.seq];
    return first === undefined || last === undefined ? [] : [[edge, epoch, first, last]];
  });
  const found = new Map<string, Map<number, string>>();
  if (asked.length > 0) {
    const ranges = given(tx, { columns: { edge: 'text', epoch: 'text', first: 'bigint', last: 'bigint' }, rows: asked });
    // "cross join": SQLite goes from the ranges to the rows, by their key, and never the other way round (sqlite.org/optoverview.html §8).
    const { rows } = await sql<
      Stream & { seq: number; hash: string }
    >`select r.edge, r.epoch, r.seq, r.hash from ${ranges} cross join "upRecord" r
      where r.edge = given.edge and r.epoch = given.epoch and r.seq between given.first and given.last`.execute(tx);
    for (const row of rows) {
      const mine = found.get(keyOf(row)) ?? new Map();
      found.set(keyOf(row), mine.set(row.seq, row.hash));
    }
  }
  return (stream) => found.get(keyOf(stream)) ?? new Map();
}

const recordColumns = {
  edge: 'text',
  epoch: 'text',
  seq: 'bigint',
  id: 'text',
  kind: 'text',
  at: 'bigint',
  hash: 'text',
  bodyJson: 'text',
  receivedAt: 'bigint',
  salt: 'text',
  session: 'text',
} as const;

export async function keepRecords({ tx, now }: Change, batches: readonly (Stream & { fresh: readonly ReadRecord[] })[]): Promise<void> {
  const rows = batches.flatMap(({ edge, epoch, fresh }) =>
    fresh.map(({ seq, hash, record }) => [
      edge,
      epoch,
      seq,
      record?.id ?? '',
      record?.kind ?? '',
      record?.at ?? 0,
      hash,
      // What could not be read is whole in the quarantine; here only its place is taken.
      record ? (JSON.stringify(record.body) ?? 'null') : 'null',
      now,
      record?.salt ?? null,
      sessionOf(record?.body),
    ]),
  );
  await insertMany(tx, 'upRecord', { columns: recordColumns, rows });
}

const sessionOf = (body: unknown): string | null => {
  const session = (body as { session?: unknown } | null | undefined)?.session;
  return typeof session === 'string' ? session.slice(0, 80) : null;
};

/** These streams have come so far, and their edges were here now. */
export async function moveStreams({ tx, now }: Change, moved: readonly (Stream & { through: number })[]): Promise<void> {
  if (moved.length === 0) return;
  await insertMany(
    tx,
    'upStream',
    {
      columns: { edge: 'text', epoch: 'text', durableThrough: 'bigint' },
      rows: moved.map(({ edge, epoch, through }) => [edge, epoch, through]),
    },
    ['edge', 'epoch'],
  );
  const edges = JSON.stringify(moved.map(({ edge }) => edge));
  await tx.updateTable('edge').set({ lastSeen: now }).where('id', 'in', sql<string>`(select value from json_each(${edges}))`).execute();
}
