import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hubConfig } from '../config.ts';
import { testDatabase } from '../scenario.ts';
import { insertMany } from './many.ts';
import { type HubStore, openHubStore } from './open.ts';

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

const columns = { edge: 'text', id: 'text', reportJson: 'text', updatedAt: 'bigint' } as const;
const things = () => store.db.selectFrom('thing').selectAll().orderBy('id').execute();

describe('many rows at once', () => {
  it('are written as they are, whatever is in them, and take the place of what was there', async () => {
    const odd = `"quotes", \\backslashes\\, {braces}, NULL, 电梯, \u2028, it's ${'\\u0000'}`;
    await insertMany(store.db, 'thing', { columns, rows: [['e', 'a', odd, 2 ** 40]] }, ['edge', 'id']);
    await insertMany(
      store.db,
      'thing',
      {
        columns,
        rows: [
          ['e', 'a', 'newer', 1],
          ['e', 'b', odd, 2 ** 52],
        ],
      },
      ['edge', 'id'],
    );
    expect(await things()).toEqual([
      { edge: 'e', id: 'a', reportJson: 'newer', updatedAt: 1 },
      { edge: 'e', id: 'b', reportJson: odd, updatedAt: 2 ** 52 },
    ]);
  });

  it('are inserted as they are where none takes another’s place', async () => {
    const odd = ['tab\tnewline\nreturn\r', '\\N', '\\.', 'a\\tb\\', '', '电梯 "quoted"'];
    const rows = odd.map((text, i) => ['e', `${i}`, text, i, i % 2 === 0 ? null : text]);
    await insertMany(store.db, 'session', { columns: { ...columns, person: 'text' }, rows });
    const kept = await store.db.selectFrom('session').select(['edge', 'id', 'reportJson', 'updatedAt', 'person']).orderBy('id').execute();
    expect(kept.map((row) => Object.values(row))).toEqual(rows);
  });

  it('with a text that no PostgreSQL keeps are written nevertheless', async () => {
    await insertMany(store.db, 'thing', { columns, rows: [['e', 'c', 'a\0b', 3]] });
    expect((await things()).find(({ id }) => id === 'c')?.reportJson).toMatch(/^a[\0\ufffd]b$/);
  });
});
