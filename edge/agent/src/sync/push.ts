import { contractVersion, type Desk, mostAhead, mostPerBatch, type UpAcknowledgment, type UpRecord } from '@wayside/contract';
import type { Log } from '../log.ts';
import type { Db } from '../store/schema.ts';
import { keepOvertaken, nextAhead } from './ahead.ts';
import type { HubDoor } from './hub.ts';
import { acknowledged, firstKept, lastNumber, recordsAfter, toldThrough } from './outbox.ts';

const maxBatchBytes = 2_000_000;
/** A line of more batches than this is worth overtaking. */
const longLine = 1;

/** The hub and this store do not fit together any more; a new epoch is needed before anything can go on. */
export class OutOfStep extends Error {
  /** `put-back`: the hub has numbers that were never given here. `hub-lost`: it lacks records that are not here any more. */
  readonly why: 'put-back' | 'hub-lost';
  readonly missing: number;
  constructor(why: 'put-back' | 'hub-lost', missing: number) {
    super(why === 'put-back' ? `the hub has up to ${missing}` : `the hub lacks ${missing} records that are not kept here any more`);
    this.why = why;
    this.missing = missing;
  }
}

type Say = { onDesk?: ((desk: Desk) => Promise<void>) | undefined; log: Log };

/**
 * Sends what waits, batch by batch and no larger than the hub asks for, until nothing does. A hub that has less than it acknowledged was put back:
 * it gets again what is still kept here for that.
 * @param ask whether to ask how far the hub has come although nothing waits
 * @returns how many records the hub has stored
 * @throws OutOfStep before anything is dropped
 */
export async function push(db: Db, epoch: string, hub: HubDoor, { log, onDesk }: Say, ask = false): Promise<number> {
  let sent = 0;
  let credit: number = mostPerBatch;
  let asked = !ask;
  for (;;) {
    const told = await toldThrough(db);
    const records = fit(await recordsAfter(db, told, credit));
    if (records.length === 0 && asked) return sent;
    const ahead = records.length === credit * longLine ? fit(await nextAhead(db, records.at(-1)?.seq ?? told, mostAhead)) : [];
    const answer = await hub.up({ version: contractVersion, epoch, records, ...(ahead.length > 0 ? { ahead } : {}) });
    if (answer.desk) await onDesk?.(answer.desk);
    await checkStep(db, answer, told);
    for (const one of answer.quarantined) log.warn({ seq: one.seq }, `the hub set a record aside: ${one.reason}`);
    const { durableThrough: durable } = answer;
    if (durable < told) log.warn({ told, durable }, 'the hub was put back to an earlier state: what it lost is sent again');
    else if (durable === told && records.length > 0)
      throw new Error(`the hub stored none of ${records.length} records (it has up to ${durable})`);
    await acknowledged(db, durable, answer.safeThrough ?? durable);
    await keepOvertaken(db, answer.ahead ?? []);
    sent += Math.max(0, durable - told);
    credit = answer.credit ?? mostPerBatch;
    asked = true;
  }
}

async function checkStep(db: Db, { durableThrough }: UpAcknowledgment, told: number): Promise<void> {
  if (durableThrough > (await lastNumber(db))) throw new OutOfStep('put-back', durableThrough);
  const first = await firstKept(db);
  if (durableThrough < told && durableThrough + 1 < first) throw new OutOfStep('hub-lost', first - durableThrough - 1);
}

function fit(records: UpRecord[]): UpRecord[] {
  let bytes = 0;
  const end = records.findIndex((record, i) => {
    bytes += JSON.stringify(record.body).length;
    return i > 0 && bytes > maxBatchBytes;
  });
  return end < 0 ? records : records.slice(0, end);
}
