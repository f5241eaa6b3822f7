import type { UpRecord } from '@wayside/contract';
import { failpoint } from '@wayside/sqlite';
import type { Db } from '../store/schema.ts';
import { keepOvertaken, nextAhead } from './ahead.ts';
import { writeCheckpoint } from './checkpoint.ts';
import { acknowledged, firstKept, forgot, forgottenEpochs, lastNumber, recordsAfter, renumber, stateGap, toldThrough } from './outbox.ts';

/** The hub and this store do not fit together any more; a new epoch is needed before anything can go on. */
export class OutOfStep extends Error {
  /**
   * `put-back`: the hub has numbers that were never given here. `hub-lost`: it lacks records that are not here any more. `copied`: it has another
   * record under a number of ours.
   */
  readonly why: keyof typeof reasons;
  /** How many records it lacks; else the number it is about. */
  readonly count: number;
  constructor(why: keyof typeof reasons, count: number) {
    super(reasons[why](count));
    this.why = why;
    this.count = count;
  }
}

const reasons = {
  'put-back': (seq: number) => `the hub has up to ${seq}`,
  'hub-lost': (count: number) => `the hub lacks ${count} records that are not kept here any more`,
  copied: (seq: number) => `the hub has another record of this edge with number ${seq}: it was copied, or an old image of it put back`,
};

/** What of the stream up is kept here, and how far the hub has it. Each act is one transaction, on disk when it resolves. */
export type UpStream = {
  epoch(): string;
  toldThrough(): Promise<number>;
  /** The next records, one at the least when there is any. @param bytes about so much they have together at most */
  after(seq: number, limit: number, bytes: number): Promise<UpRecord[]>;
  ahead(beyond: number, limit: number): Promise<UpRecord[]>;
  firstKept(): Promise<number>;
  lastNumber(): Promise<number>;
  /** @param ahead numbers beyond `through` that the hub has as well */
  acknowledged(through: number, safe: number, ahead: readonly number[]): Promise<void>;
  /** Epochs before this one, and how many records of each were safe and are not here any more. */
  earlier(): Promise<{ epoch: string; forgotten: number }[]>;
  /** Says that of an earlier epoch the hub has lost what comes after `through`. */
  stateLoss(epoch: string, through: number, missing: number): Promise<void>;
  /** Numbers what is here anew, in a new epoch, behind the word of what was lost. */
  goOn(step: OutOfStep): Promise<void>;
};

/** The stream as it lies in the edge's store. */
export function upStreamOf(db: Db, firstEpoch: string, now: () => number): UpStream {
  let epoch = firstEpoch;
  return {
    epoch: () => epoch,
    toldThrough: () => toldThrough(db),
    after: (seq, limit, bytes) => recordsAfter(db, seq, limit, bytes),
    ahead: (beyond, limit) => nextAhead(db, beyond, limit),
    firstKept: () => firstKept(db),
    lastNumber: () => lastNumber(db),
    acknowledged: (through, safe, ahead) =>
      db.transaction().execute(async (tx) => {
        await keepOvertaken(tx, ahead, through);
        await acknowledged(tx, through, safe);
      }),
    earlier: () => forgottenEpochs(db),
    stateLoss: (of, through, missing) =>
      db.transaction().execute(async (tx) => {
        await stateGap(tx, missing, now());
        await writeCheckpoint(tx, forgot + of, through);
      }),
    async goOn({ why, count }) {
      epoch = await db.transaction().execute(async (tx) => {
        if (why === 'hub-lost') await stateGap(tx, count, now());
        return renumber(tx, now(), why === 'hub-lost' ? count : 0);
      });
      failpoint('edge.epoch.begun');
    },
  };
}
