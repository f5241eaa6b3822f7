import { contractVersion, type Desk, mostAhead, mostPerBatch, type UpRecord } from '@wayside/contract';
import { failpoint } from '@wayside/sqlite';
import type { Log } from '../log.ts';
import type { HubDoor } from './hub.ts';
import { OutOfStep, type UpStream } from './up-stream.ts';

const maxBatchBytes = 2_000_000;
/** A line of more batches than this is worth overtaking. */
const longLine = 1;

type Say = { onDesk?: ((desk: Desk) => Promise<void>) | undefined; log: Pick<Log, 'warn'> };
type Door = Pick<HubDoor, 'up'>;

/**
 * Sends what waits, batch by batch and no larger than the hub asks for, until nothing does. A hub that has less than it acknowledged was put back:
 * it gets again what is still kept here for that. Where the two do not fit together any more, the records go on in a new epoch.
 * @param ask whether to ask how far the hub has come although nothing waits
 */
export async function push(stream: UpStream, hub: Door, say: Say, ask = false): Promise<void> {
  try {
    await pushEpoch(stream, hub, say, ask);
  } catch (error) {
    if (!(error instanceof OutOfStep)) throw error;
    await stream.goOn(error);
    say.log.warn({ epoch: stream.epoch() }, `edge and hub are out of step (${error.message}): the records go on in a new epoch`);
    await pushEpoch(stream, hub, say, false);
  }
}

/** @throws OutOfStep before anything is dropped */
async function pushEpoch(stream: UpStream, hub: Door, { log, onDesk }: Say, ask: boolean): Promise<void> {
  let credit: number = mostPerBatch;
  let asked = !ask;
  for (;;) {
    const told = await stream.toldThrough();
    const records = fit(await stream.after(told, credit));
    if (records.length === 0 && asked) return;
    const ahead = records.length === credit * longLine ? fit(await stream.ahead(records.at(-1)?.seq ?? told, mostAhead)) : [];
    if (records.length > 0) failpoint('edge.push.before');
    const answer = await hub.up({ version: contractVersion, epoch: stream.epoch(), records, ...(ahead.length > 0 ? { ahead } : {}) });
    if (records.length > 0) failpoint('edge.push.answered');
    if (answer.desk) await onDesk?.(answer.desk);
    const { durableThrough: durable } = answer;
    if (!asked || durable < told) await lookAtEarlier(stream, hub);
    await checkStep(stream, durable, told);
    for (const one of answer.quarantined) log.warn({ seq: one.seq }, `the hub set a record aside: ${one.reason}`);
    const twice = answer.quarantined.find((one) => one.twice);
    if (twice) throw new OutOfStep('copied', twice.seq);
    if (durable < told) log.warn({ told, durable }, 'the hub was put back to an earlier state: what it lost is sent again');
    else if (durable === told && records.length > 0)
      throw new Error(`the hub stored none of ${records.length} records (it has up to ${durable})`);
    // What lies beyond was not compared with ours: it may be of a copy of this edge, or from before an old image was put back.
    const through = Math.min(durable, Math.max(told, records.at(-1)?.seq ?? told));
    await stream.acknowledged(through, answer.safeThrough ?? through);
    failpoint('edge.push.kept');
    await stream.keepOvertaken(answer.ahead ?? []);
    credit = answer.credit ?? mostPerBatch;
    asked = true;
  }
}

async function checkStep(stream: UpStream, durable: number, told: number): Promise<void> {
  if (durable > (await stream.lastNumber())) throw new OutOfStep('put-back', durable);
  const first = await stream.firstKept();
  if (durable < told && durable + 1 < first) throw new OutOfStep('hub-lost', first - durable - 1);
}

/** A hub that was put back may lack of epochs before this one what is not here any more: it is asked, and the loss is said. */
async function lookAtEarlier(stream: UpStream, hub: Door): Promise<void> {
  for (const { epoch, forgotten } of await stream.earlier()) {
    const { durableThrough } = await hub.up({ version: contractVersion, epoch, records: [] });
    if (durableThrough < forgotten) await stream.stateLoss(epoch, durableThrough, forgotten - durableThrough);
  }
}

function fit(records: UpRecord[]): UpRecord[] {
  let bytes = 0;
  const end = records.findIndex((record, i) => {
    bytes += JSON.stringify(record.body).length;
    return i > 0 && bytes > maxBatchBytes;
  });
  return end < 0 ? records : records.slice(0, end);
}
