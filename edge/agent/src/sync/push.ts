import type { Desk } from '@wayside/contract';
import type { Log } from '../log.ts';
import type { Db } from '../store/schema.ts';
import type { HubDoor } from './hub.ts';
import { acknowledged, lastNumber, waiting } from './outbox.ts';

const perBatch = 200;
const maxBatchBytes = 2_000_000;

/** The hub has records of this epoch that were never numbered here: this store was put back to an earlier state. */
export class PutBack extends Error {}

/**
 * Sends what waits, batch by batch, until nothing does.
 * @returns how many records the hub has stored
 * @throws PutBack before anything is dropped
 */
export async function push(db: Db, epoch: string, hub: HubDoor, log: Log, onDesk?: (desk: Desk) => Promise<void>): Promise<number> {
  let sent = 0;
  for (;;) {
    const records = fit(await waiting(db, perBatch));
    if (records.length === 0) return sent;
    const { durableThrough, quarantined, desk } = await hub.up({ epoch, records });
    if (desk) await onDesk?.(desk);
    if (durableThrough > (await lastNumber(db))) throw new PutBack(`the hub has up to ${durableThrough}`);
    for (const one of quarantined) log.warn({ seq: one.seq }, `the hub set a record aside: ${one.reason}`);
    const stored = records.filter((r) => r.seq <= durableThrough).length;
    // The hub may be missing older records (it was restored): then nothing here may be dropped, and the next round says more.
    if (stored === 0) throw new Error(`the hub stored none of ${records.length} records (it has up to ${durableThrough})`);
    await acknowledged(db, durableThrough);
    sent += stored;
  }
}

function fit<T extends { body: unknown }>(records: T[]): T[] {
  let bytes = 0;
  const end = records.findIndex((record, i) => {
    bytes += JSON.stringify(record.body).length;
    return i > 0 && bytes > maxBatchBytes;
  });
  return end < 0 ? records : records.slice(0, end);
}
