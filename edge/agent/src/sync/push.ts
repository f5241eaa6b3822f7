import { contractVersion, type Desk, mostAhead, mostUnasked, type UpRecord } from '@wayside/contract';
import { failpoint } from '@wayside/sqlite';
import type { Log } from '../log.ts';
import type { HubDoor } from './hub.ts';
import { OutOfStep, type UpStream } from './up-stream.ts';

type Say = {
  onDesk?: ((desk: Desk) => Promise<void>) | undefined;
  log: Pick<Log, 'warn'>;
  /** The hub has another batch, and more waits: what else there is to do meanwhile. @returns whether to go on */
  between?: (() => Promise<boolean>) | undefined;
};
type Door = Pick<HubDoor, 'up' | 'room'>;

/**
 * Sends what waits, batch by batch, no larger than the hub asks for and than the line takes in a moment, until nothing does. A hub that has less than it acknowledged was put back:
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
async function pushEpoch(stream: UpStream, hub: Door, { log, onDesk, between }: Say, ask: boolean): Promise<void> {
  let credit: number = mostUnasked;
  let asked = !ask;
  for (;;) {
    const told = await stream.toldThrough();
    const before = await stream.lastNumber();
    const records = await stream.after(told, credit, hub.room());
    if (records.length === 0 && asked) return;
    const last = records.at(-1)?.seq ?? told;
    const given = Math.max(before, last);
    const ahead = last < given ? fit(await stream.ahead(last, mostAhead), hub.room()) : [];
    if (records.length > 0) failpoint('edge.push.before');
    const answer = await hub.up({ version: contractVersion, epoch: stream.epoch(), records, ...(ahead.length > 0 ? { ahead } : {}) });
    if (records.length > 0) failpoint('edge.push.answered');
    if (answer.desk) await onDesk?.(answer.desk);
    const { durableThrough: durable } = answer;
    if (!asked || durable < told) await lookAtEarlier(stream, hub);
    if (durable > given) throw new OutOfStep('put-back', durable);
    if (durable < told) await checkKept(stream, durable);
    for (const one of answer.quarantined) log.warn({ seq: one.seq }, `the hub set a record aside: ${one.reason}`);
    const twice = answer.quarantined.find((one) => one.twice);
    if (twice) throw new OutOfStep('copied', twice.seq);
    if (durable < told) log.warn({ told, durable }, 'the hub was put back to an earlier state: what it lost is sent again');
    else if (durable === told && records.length > 0)
      throw new Error(`the hub stored none of ${records.length} records (it has up to ${durable})`);
    // What lies beyond was not compared with ours: it may be of a copy of this edge, or from before an old image was put back.
    const through = Math.min(durable, last);
    await stream.acknowledged(through, answer.safeThrough ?? through, answer.ahead ?? []);
    failpoint('edge.push.kept');
    if (through < given && between && !(await between())) return;
    credit = answer.credit ?? mostUnasked;
    asked = true;
  }
}

/** A hub that was put back can be filled again as far as what it lost is still here. */
async function checkKept(stream: UpStream, durable: number): Promise<void> {
  const first = await stream.firstKept();
  if (durable + 1 < first) throw new OutOfStep('hub-lost', first - durable - 1);
}

/** A hub that was put back may lack of epochs before this one what is not here any more: it is asked, and the loss is said. */
async function lookAtEarlier(stream: UpStream, hub: Door): Promise<void> {
  for (const { epoch, forgotten } of await stream.earlier()) {
    const { durableThrough } = await hub.up({ version: contractVersion, epoch, records: [] });
    if (durableThrough < forgotten) await stream.stateLoss(epoch, durableThrough, forgotten - durableThrough);
  }
}

function fit(records: UpRecord[], room: number): UpRecord[] {
  let bytes = 0;
  const end = records.findIndex((record, i) => {
    bytes += Buffer.byteLength(JSON.stringify(record));
    return i > 0 && bytes > room;
  });
  return end < 0 ? records : records.slice(0, end);
}
