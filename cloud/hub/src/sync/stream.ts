import { WaysideError } from '@wayside/protocol';
import { sql } from 'kysely';
import type { Change } from '../store/change.ts';
import { given, insertMany } from '../store/many.ts';
import type { ReadRecord } from './read-record.ts';

/** An edge's stream, told by the edge and the epoch of its store. */
type Stream = { edge: string; epoch: string };
const keyOf = ({ edge, epoch }: Stream): string => `${epoch}\n${edge}`;

type Reached = { durableThrough: number; safeThrough: number };
export type Stored = Reached & { hashes: ReadonlyMap<number, string> };

/**
 * How far each stream is stored, and the content of what is stored already under the numbers just sent.
 * @param batches each with its records by their numbers, and the credential that must let its edge in still
 * @throws WaysideError `unauthorized`
 */
export async function readStreams(
  { tx }: Change,
  batches: readonly (Stream & { credential: string; records: readonly ReadRecord[] })[],
): Promise<(stream: Stream) => Stored> {
  const asked = batches.map(({ edge, credential, epoch, records }) => [
    edge,
    credential,
    epoch,
    records[0]?.seq ?? 0,
    records.at(-1)?.seq ?? 0,
  ]);
  const ranges = given(tx, { columns: { edge: 'text', credential: 'text', epoch: 'text', first: 'bigint', last: 'bigint' }, rows: asked });
  const { rows } = await sql<
    Stream & Partial<Reached> & { seq: number | null; hash: string; known: number }
  >`select given.edge, given.epoch,
    (case when exists (select 1 from "edgeCertificate" c where c.fingerprint = given.credential and c.edge = e.id) then 1 else 0 end) as known,
    s."durableThrough", s."safeThrough", r.seq, r.hash from ${ranges} left join edge e on e.id = given.edge
    left join "upStream" s on s.edge = given.edge and s.epoch = given.epoch
    left join "upRecord" r on r.edge = given.edge and r.epoch = given.epoch and r.seq between given.first and given.last`.execute(tx);
  const found = new Map<string, Stored & { hashes: Map<number, string> }>();
  for (const { durableThrough, safeThrough, seq, hash, known, ...stream } of rows) {
    if (known === 0) throw new WaysideError('unauthorized', 'This edge was locked out, or has a newer credential.');
    const mine = found.get(keyOf(stream)) ?? { durableThrough: durableThrough ?? 0, safeThrough: safeThrough ?? 0, hashes: new Map() };
    if (seq !== null) mine.hashes.set(seq, hash);
    found.set(keyOf(stream), mine);
  }
  return (stream) => found.get(keyOf(stream)) ?? { durableThrough: 0, safeThrough: 0, hashes: new Map() };
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
  await insertMany(tx, 'upRecord', { columns: recordColumns, rows }, undefined, 'new', true);
}

const sessionOf = (body: unknown): string | null => {
  const session = (body as { session?: unknown } | null | undefined)?.session;
  return typeof session === 'string' ? session.slice(0, 80) : null;
};

/** These streams have come so far. */
export const moveStreams = ({ tx }: Change, moved: readonly (Stream & { through: number })[]): Promise<void> =>
  insertMany(
    tx,
    'upStream',
    {
      columns: { edge: 'text', epoch: 'text', durableThrough: 'bigint' },
      rows: moved.map(({ edge, epoch, through }) => [edge, epoch, through]),
    },
    ['edge', 'epoch'],
    'new',
    true,
  );
