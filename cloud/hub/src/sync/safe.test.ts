import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hubConfig } from '../config.ts';
import { testDatabase } from '../scenario.ts';
import { type HubStore, openHubStore } from '../store/open.ts';
import { trustOlder } from './safe.ts';

let store: HubStore;
let data: string;
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'wayside-hub-'));
  store = await openHubStore(hubConfig.parse({ data, ...(await testDatabase()) }));
});
afterAll(async () => {
  await store.close();
  await rm(data, { recursive: true });
});

it('without copies an edge may forget what lies here for long enough, up to the first record that does not', async () => {
  const { db } = store;
  // The fifth overtook those before it, and the sixth has not come.
  const receivedAt = [10, 10, 20, 30, 12];
  for (const [i, at] of receivedAt.entries())
    await db
      .insertInto('upRecord')
      .values({ edge: 'e', epoch: '1', seq: i + 1, id: `r${i}`, kind: '', at: 1, hash: `${i}`, bodyJson: 'null', receivedAt: at } as never)
      .execute();
  await db.insertInto('upStream').values({ edge: 'e', epoch: '1', durableThrough: 5 }).execute();
  const safe: unknown[] = [];
  for (const before of [9, 10, 19, 20, 29, 30]) {
    await trustOlder(db, before);
    safe.push((await db.selectFrom('upStream').select('safeThrough').executeTakeFirstOrThrow()).safeThrough);
  }
  expect(safe).toEqual([0, 2, 2, 3, 3, 5]);
});
