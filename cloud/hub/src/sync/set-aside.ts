import type { UpAcknowledgment } from '@wayside/contract';
import { raise } from '../record/alarm.ts';
import type { Change } from '../store/change.ts';
import type { ReadRecord } from './read-record.ts';

const equivocation = 'equivocation: this number was already used for another record';

/** Keeps a record as it came, apart. @returns whether it was not there already */
export async function setAside(
  { tx, now }: Change,
  edge: string,
  epoch: string,
  { seq, hash, raw }: ReadRecord,
  reason: string,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('quarantine')
    .values({ edge, epoch, seq, hash, reason, recordJson: JSON.stringify(raw), receivedAt: now })
    .onConflict((c) => c.doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

/** Two records of one number: this edge was copied or put back, or somebody speaks in its name. Kept, and shown to people. */
export async function showEquivocation(here: Change, edge: string, epoch: string, read: ReadRecord): Promise<void> {
  const fresh = await setAside(here, edge, epoch, read, equivocation);
  if (fresh) await raise(here, edge, 'equivocation', { epoch, seq: read.seq });
}

/** Of the records just sent, those that are set aside; the same when they are sent again. */
export async function quarantinedAmong(
  { tx }: Change,
  edge: string,
  epoch: string,
  records: readonly ReadRecord[],
): Promise<UpAcknowledgment['quarantined']> {
  const sent = new Set(records.map((r) => `${r.seq} ${r.hash}`));
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
