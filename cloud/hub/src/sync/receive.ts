import type { UpAcknowledgment, UpKind } from '@wayside/contract';
import { WaysideError } from '@wayside/protocol';
import { raise } from '../record/alarm.ts';
import { type Change, change, type Ground } from '../store/change.ts';
import { placeRecords } from './place-records.ts';
import { type IncomingRecord, type ReadRecord, readRecord, type UpBody } from './read-record.ts';

/** What the rooms make of an edge's records, in the transaction that stores them. A returned sentence says why the record is set aside. */
// biome-ignore lint/suspicious/noConfusingVoidType: an effect that returns nothing has nothing to object to
export type Effects = { [K in UpKind]: (here: Change, edge: string, body: UpBody<K>) => Promise<string | void> };

/** An effect threw: the record is at fault, not the batch. */
class EffectFailed extends Error {
  readonly seq: number;
  constructor(seq: number, cause: unknown) {
    super(`the effect of record ${seq} failed`, { cause });
    this.seq = seq;
  }
}

/** What an edge sends: the next of its records, and those that overtake because somebody waits for them. */
export type Incoming = { epoch: string; records: readonly IncomingRecord[]; ahead?: readonly IncomingRecord[] };

/** A record as it was read, and whether it overtakes. */
type Read = ReadRecord & { ahead: boolean };

/**
 * Stores an edge's records exactly once, with all that follows from them, in one transaction; returns after it is on disk.
 * Records up to the first gap are stored; the answer says how far, and the edge sends the rest again. One that overtakes is stored with its
 * number and takes effect at once; when the stream reaches that number it is known.
 * A record nobody understands is kept as it came, set aside and acknowledged, so that it blocks nothing.
 */
export async function receive(
  ground: Ground,
  effects: Effects,
  edge: string,
  { epoch, records: inLine, ahead = [] }: Incoming,
  onFailure: (seq: number, error: unknown) => void,
): Promise<UpAcknowledgment> {
  const read = (overtakes: boolean) => (one: IncomingRecord) => ({ ...readRecord(one), ahead: overtakes });
  const records: Read[] = [...inLine.map(read(false)), ...ahead.map(read(true))].sort((a, b) => a.seq - b.seq);
  for (;;) {
    try {
      return await change(ground, (here) => store(here, effects, edge, epoch, records), reaches(records) ? undefined : edge);
    } catch (error) {
      if (!(error instanceof EffectFailed)) throw error;
      // Undone as a whole, and done again with this record set aside: one poisonous record must not stop an edge's stream.
      onFailure(error.seq, error.cause);
      const poison = records.find((r) => r.seq === error.seq && r.meaning.ok) as Read;
      poison.meaning = { ok: false, reason: 'it could not be applied; the cause is in the log of the hub' };
    }
  }
}

/** What is told of one edge alone: it changes nothing that another edge's records or a technician could be changing at the same time. */
const ofTheEdge: ReadonlySet<string> = new Set<UpKind>([
  'thing',
  'session',
  'turn',
  'fault',
  'dtc',
  'command',
  'consent',
  'recommendation',
  'seal',
  'lease',
  'erased',
  'policy',
  'export',
]);

/** Does a batch change more than its own edge's rows? */
const reaches = (records: readonly Read[]): boolean => records.some(({ meaning }) => meaning.ok && !ofTheEdge.has(meaning.is.kind));

async function store(here: Change, effects: Effects, edge: string, epoch: string, records: readonly Read[]): Promise<UpAcknowledgment> {
  const { tx, now } = here;
  const stream = await tx
    .selectFrom('upStream')
    .select(['durableThrough', 'safeThrough'])
    .where('edge', '=', edge)
    .where('epoch', '=', epoch)
    .executeTakeFirst();
  const before = stream?.durableThrough ?? 0;
  const hashes = await storedHashes(here, edge, epoch, records);
  const { through: durableThrough, fresh, twice } = placeRecords(records, before, hashes);

  for (const read of twice) await showEquivocation(here, edge, epoch, read);
  await keep(here, edge, epoch, fresh);
  for (const read of fresh) {
    const objection = read.meaning.ok ? await applied(here, effects, edge, read.seq, read.meaning.is) : read.meaning.reason;
    if (objection !== undefined) await setAside(here, edge, epoch, read, objection);
  }
  if (durableThrough > before) {
    await tx
      .insertInto('upStream')
      .values({ edge, epoch, durableThrough })
      .onConflict((c) => c.columns(['edge', 'epoch']).doUpdateSet({ durableThrough }))
      .execute();
    await tx.updateTable('edge').set({ lastSeen: now }).where('id', '=', edge).execute();
  }
  return {
    durableThrough,
    safeThrough: stream?.safeThrough ?? 0,
    ahead: records.filter((r) => r.ahead).map(({ seq }) => seq),
    quarantined: await quarantinedAmong(here, edge, epoch, records, durableThrough),
  };
}

const equivocation = 'equivocation: this number was already used for another record';

/** Two records of one number: this edge was copied or put back, or somebody speaks in its name. Kept, and shown to people. */
async function showEquivocation(here: Change, edge: string, epoch: string, read: Read): Promise<void> {
  const fresh = await setAside(here, edge, epoch, read, equivocation);
  if (fresh) await raise(here, edge, 'equivocation', { epoch, seq: read.seq });
}

async function applied(
  here: Change,
  effects: Effects,
  edge: string,
  seq: number,
  is: { kind: UpKind; body: unknown },
): Promise<string | undefined> {
  try {
    return (await effects[is.kind](here, edge, is.body as never)) ?? undefined;
  } catch (error) {
    if (isOurs(error)) throw error;
    throw new EffectFailed(seq, error);
  }
}

/** A full disk, a disk that fails or a closed store is no record's fault: nothing is stored and the edge comes again. */
function isOurs(error: unknown): boolean {
  if (error instanceof WaysideError) return true;
  const message = error instanceof Error ? error.message : '';
  return /^(SQLite|PostgreSQL):/.test(message) && !/constraint failed|datatype mismatch|cannot store|too big/.test(message);
}

async function storedHashes({ tx }: Change, edge: string, epoch: string, records: readonly ReadRecord[]): Promise<Map<number, string>> {
  if (records.length === 0) return new Map();
  const rows = await tx
    .selectFrom('upRecord')
    .select(['seq', 'hash'])
    .where('edge', '=', edge)
    .where('epoch', '=', epoch)
    .where('seq', 'in', [...new Set(records.map((r) => r.seq))])
    .execute();
  return new Map(rows.map((row) => [row.seq, row.hash]));
}

async function keep({ tx, now }: Change, edge: string, epoch: string, fresh: readonly ReadRecord[]): Promise<void> {
  if (fresh.length === 0) return;
  await tx
    .insertInto('upRecord')
    .values(
      fresh.map(({ seq, hash, record }) => ({
        edge,
        epoch,
        seq,
        hash,
        id: record?.id ?? '',
        kind: record?.kind ?? '',
        at: record?.at ?? 0,
        // What could not be read is whole in the quarantine; here only its place is taken.
        bodyJson: record ? (JSON.stringify(record.body) ?? 'null') : 'null',
        receivedAt: now,
        salt: record?.salt ?? null,
        session: sessionOf(record?.body),
      })),
    )
    .execute();
}

const sessionOf = (body: unknown): string | null => {
  const session = (body as { session?: unknown } | null | undefined)?.session;
  return typeof session === 'string' ? session.slice(0, 80) : null;
};

/** @returns whether it was not there already */
async function setAside({ tx, now }: Change, edge: string, epoch: string, read: ReadRecord, reason: string): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('quarantine')
    .values({ edge, epoch, seq: read.seq, hash: read.hash, reason, recordJson: read.text, receivedAt: now })
    .onConflict((c) => c.doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

/** Of the records just sent, those that are set aside; the same when they are sent again. */
async function quarantinedAmong(
  { tx }: Change,
  edge: string,
  epoch: string,
  records: readonly Read[],
  through: number,
): Promise<UpAcknowledgment['quarantined']> {
  const sent = new Set(records.filter((r) => r.ahead || r.seq <= through).map((r) => `${r.seq} ${r.hash}`));
  if (sent.size === 0) return [];
  const rows = await tx
    .selectFrom('quarantine')
    .select(['seq', 'hash', 'reason'])
    .where('edge', '=', edge)
    .where('epoch', '=', epoch)
    .where('seq', 'in', [...new Set(records.map((r) => r.seq))])
    .orderBy('seq')
    .execute();
  return rows
    .filter((row) => sent.has(`${row.seq} ${row.hash}`))
    .map(({ seq, reason }) => ({ seq, reason, ...(reason === equivocation ? { twice: true as const } : {}) }));
}
