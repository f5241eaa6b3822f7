import { mostUnasked, type UpBatch } from '@wayside/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEdgeStore } from '../store/open.ts';
import type { Db } from '../store/schema.ts';
import { push } from './push.ts';
import { type UpStream, upStreamOf } from './up-stream.ts';

const log = { warn: () => {} };
let store: Awaited<ReturnType<typeof openEdgeStore>>;
let stream: UpStream;
let sent: UpBatch[];
const db = (): Db => store.db;
beforeEach(async () => {
  store = await openEdgeStore(':memory:', Date.now);
  stream = upStreamOf(store.db, store.epoch, Date.now);
  sent = [];
});
afterEach(() => store.close());

/** So many records of this many bytes wait. */
async function wait(count: number, bytes: number, kind = 'dtc'): Promise<void> {
  const from = await stream.lastNumber();
  const body = JSON.stringify('x'.repeat(bytes - 2));
  for (let i = 0; i < count; i++)
    await db()
      .insertInto('outbox')
      .values({ id: `r${from + i}`, kind, at: 1, body, salt: null })
      .execute();
}

/** A hub that stores all, and gives this credit. */
const hub = (credit?: number, room = 1_000_000) => ({
  room: () => room,
  up: async (batch: UpBatch) => {
    sent.push(batch);
    const durableThrough = batch.records.at(-1)?.seq ?? 0;
    return { durableThrough, ahead: (batch.ahead ?? []).map(({ seq }) => seq), quarantined: [], ...(credit ? { credit } : {}) };
  },
});
const sizes = () => sent.map(({ records }) => records.length);

describe('a batch', () => {
  it('is of what any hub takes until this one has said what it takes', async () => {
    await wait(2_000, 20);
    await push(stream, hub(1_024), { log });
    expect(sizes()).toEqual([mostUnasked, 1_024, 720]);
    sent = [];
    await wait(600, 20);
    await push(stream, hub(), { log });
    expect(sizes()).toEqual([mostUnasked, mostUnasked, 88]);
  });

  it('is no larger than the line takes in a moment, and holds one record however large it is', async () => {
    await wait(10, 1_000);
    await wait(2, 30_000);
    await wait(3, 1_000);
    await push(stream, hub(1_024, 5_000), { log });
    expect(sizes()).toEqual([4, 4, 2, 1, 1, 3]);
  });

  it('takes along who waits for somebody, however few records it has itself', async () => {
    await wait(20, 1_000);
    await wait(1, 1_000, 'handoff');
    await push(stream, hub(1_024, 5_000), { log });
    expect(sent.map(({ ahead }) => ahead?.map(({ seq }) => seq))).toEqual([[21], ...Array(5).fill(undefined)]);
  });
});

it('goes no further when what is done between two batches says so, and keeps what was told', async () => {
  await wait(1_000, 20);
  let left = 2;
  await push(stream, hub(), { log, between: async () => --left > 0 });
  expect(sizes()).toEqual([mostUnasked, mostUnasked]);
  expect(await stream.toldThrough()).toBe(2 * mostUnasked);
});
