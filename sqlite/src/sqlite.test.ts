import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { later, openStore } from './index.ts';

type Schema = { note: { id: number; text: string | null } };
const migrations: Record<string, Migration> = {
  '001-note': {
    up: (db: Kysely<unknown>) =>
      db.schema
        .createTable('note')
        .addColumn('id', 'integer', (c) => c.primaryKey())
        .addColumn('text', 'text')
        .execute(),
  },
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wayside-sqlite-'));
});
afterEach(() => rm(folder, { recursive: true }));
const open = () => openStore<Schema>(join(folder, 'sub', 'a.db'), migrations);

describe('a store', () => {
  it('keeps what was committed when it is opened again', async () => {
    const first = await open();
    await first.db.insertInto('note').values({ id: 1, text: 'kept' }).execute();
    await first.close();
    const second = await open();
    expect(await second.db.selectFrom('note').selectAll().execute()).toEqual([{ id: 1, text: 'kept' }]);
    await second.close();
  });

  it('says that the disk is full, keeps what was committed, and goes on when there is space again', async () => {
    const store = await open();
    await store.db.insertInto('note').values({ id: 1, text: 'kept' }).execute();
    // A limit on pages stands for the end of the disk: SQLite answers both with the same code.
    await sql`pragma max_page_count = 20`.execute(store.db);
    const large = store.db.transaction().execute(async (tx) => {
      for (let id = 2; id < 40; id++)
        await tx
          .insertInto('note')
          .values({ id, text: 'x'.repeat(4_000) })
          .execute();
    });
    await expect(large).rejects.toMatchObject({ code: 'storage-full' });
    await sql`pragma max_page_count = 1000`.execute(store.db);
    await store.db.transaction().execute((tx) => tx.insertInto('note').values({ id: 2, text: 'after' }).execute());
    expect(await store.db.selectFrom('note').selectAll().execute()).toEqual([
      { id: 1, text: 'kept' },
      { id: 2, text: 'after' },
    ]);
    await store.close();
  });

  it('gives the blobs of many rows, empty ones too, each as it was written', async () => {
    const store = await openStore<Schema>(join(folder, 'blobs.db'), {});
    expect(await store.blobs("select x'00' where 1 = ?", [2])).toEqual({ bytes: new Uint8Array(0), ends: [] });
    const { bytes, ends } = await store.blobs('select unhex(value) from json_each(?)', ['["0102","","ff"]']);
    expect({ bytes: [...bytes], ends }).toEqual({ bytes: [1, 2, 255], ends: [2, 2, 3] });
    await expect(store.blobs('select nothing', [])).rejects.toThrow('nothing');
    await store.close();
  });

  it('runs at a later start what has come to its migrations, and refuses a file of which it does not know all', async () => {
    const file = join(folder, 'grown.db');
    const more: Record<string, Migration> = {
      ...migrations,
      '900-more': { up: (db) => sql`create table more (id integer primary key)`.execute(db).then(() => {}) },
    };
    for (const each of [migrations, migrations, more, more]) await (await openStore(file, each)).close();
    const grown = await openStore<{ more: { id: number } }>(file, more);
    expect(await grown.db.selectFrom('more').selectAll().execute()).toEqual([]);
    await grown.close();
    await expect(openStore(file, migrations)).rejects.toMatchObject({ code: 'internal', message: expect.stringContaining('900-more') });
  });

  it('makes all tables of its migrations or none', async () => {
    const halfway = {
      ...migrations,
      '002-more': {
        async up(db: Kysely<unknown>) {
          await sql`create table more (id integer)`.execute(db);
          throw new Error('the power went');
        },
      },
    };
    const file = join(folder, 'half.db');
    await expect(openStore(file, halfway)).rejects.toThrow();
    const store = await openStore<Schema>(file, {});
    const { rows } = await sql<{ name: string }>`select name from sqlite_master where name in ('note', 'more')`.execute(store.db);
    expect(rows).toEqual([]);
    await store.close();
  });

  it('takes what nobody waits for along with what comes next, in order', async () => {
    const { db, close } = await open();
    const note = (tx: Kysely<Schema>, id: number, text: string | null) => later(tx, tx.insertInto('note').values({ id, text }));
    const texts = async (tx: Kysely<Schema>) =>
      (await tx.selectFrom('note').select('text').orderBy('id').execute()).map(({ text }) => text);
    await db.transaction().execute(async (tx) => {
      await note(tx, 1, 'one');
      await later(tx, tx.updateTable('note').set({ text: 'changed' }).where('id', '=', 1));
      expect(await texts(tx)).toEqual(['changed']);
      for (let id = 2; id < 300; id++) await note(tx, id, null);
    });
    expect(await texts(db)).toHaveLength(299);
    await note(db, 300, 'without a transaction');
    expect((await texts(db)).at(-1)).toBe('without a transaction');

    const thrown = db.transaction().execute(async (tx) => {
      await note(tx, 301, 'undone');
      throw new Error('no');
    });
    await expect(thrown).rejects.toThrow('no');
    // The mistake is in the first; it is said at the commit, and the second is not kept either.
    const wrong = db.transaction().execute(async (tx) => {
      await note(tx, 1, 'there already');
      await note(tx, 302, 'with it');
    });
    await expect(wrong).rejects.toThrow(/UNIQUE/);
    await db.transaction().execute(async () => {});
    expect(await texts(db)).toHaveLength(300);
    await close();
  });

  it('undoes a transaction that throws, and serves the ones that wait behind it', async () => {
    const store = await open();
    const failed = store.db.transaction().execute(async (tx) => {
      await tx.insertInto('note').values({ id: 1, text: 'no' }).execute();
      throw new Error('half-way');
    });
    const behind = store.db.insertInto('note').values({ id: 2, text: 'yes' }).execute();
    await expect(failed).rejects.toThrow('half-way');
    await behind;
    expect(await store.db.selectFrom('note').select('id').execute()).toEqual([{ id: 2 }]);
    await store.close();
  });

  it('writes in bulk all or nothing, behind a transaction that is open', async () => {
    const store = await open();
    const insert = (rows: [number, string | null][]) => store.bulk([{ sql: 'insert into note (id, text) values (?, ?)', rows }]);
    const transaction = store.db.transaction().execute(async (tx) => {
      await tx.insertInto('note').values({ id: 1, text: 'first' }).execute();
      await new Promise((resolve) => setTimeout(resolve, 20));
      throw new Error('undone');
    });
    const bulk = insert([
      [2, 'a'],
      [3, null],
    ]);
    await expect(transaction).rejects.toThrow('undone');
    await bulk;
    await expect(
      insert([
        [4, 'b'],
        [2, 'twice'],
      ]),
    ).rejects.toThrow();
    expect(await store.db.selectFrom('note').select('id').execute()).toEqual([{ id: 2 }, { id: 3 }]);
    await store.close();
  });

  it('refuses a second opener in clear words', async () => {
    const store = await open();
    await expect(open()).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('Another process is using') });
    await store.close();
  });

  it('names a damaged file', async () => {
    await writeFile(join(folder, 'bad.db'), 'this is not a database, and it is long enough to look like one '.repeat(40));
    await expect(openStore(join(folder, 'bad.db'), migrations)).rejects.toMatchObject({
      code: 'internal',
      message: expect.stringContaining('bad.db'),
    });
  });

  it('says that the disk is full when pages run out', async () => {
    const store = await open();
    await sql`pragma max_page_count=20`.execute(store.db);
    const write = async () => {
      for (let i = 0; i < 200; i++)
        await store.db
          .insertInto('note')
          .values({ text: 'x'.repeat(2000) } as never)
          .execute();
    };
    await expect(write()).rejects.toMatchObject({ code: 'storage-full' });
    await store.close();
  });

  it('leaves the event loop free while it commits', async () => {
    const store = await open();
    let beats = 0;
    const timer = setInterval(() => beats++, 1);
    for (let i = 0; i < 100; i++) await store.db.insertInto('note').values({ id: i, text: 'x' }).execute();
    clearInterval(timer);
    expect(beats).toBeGreaterThan(3);
    await store.close();
  });

  it('shares its thread with other stores, which stay open when one closes or will not open', async () => {
    const [one, other] = [await open(), await openStore<Schema>(':memory:', migrations)];
    await writeFile(join(folder, 'bad.db'), 'this is not a database, and it is long enough to look like one '.repeat(40));
    await expect(openStore(join(folder, 'bad.db'), migrations)).rejects.toMatchObject({ code: 'internal' });
    await one.db.insertInto('note').values({ id: 1, text: 'one' }).execute();
    await other.db.insertInto('note').values({ id: 1, text: 'other' }).execute();
    expect(await one.db.selectFrom('note').select('text').execute()).toEqual([{ text: 'one' }]);
    await one.close();
    expect(await other.db.selectFrom('note').select('text').execute()).toEqual([{ text: 'other' }]);
    await other.close();
  });

  it('answers what was asked before it closed, and refuses what comes after', async () => {
    const store = await open();
    const { db } = store;
    const before = db.insertInto('note').values({ id: 1, text: 'in time' }).execute();
    await store.close();
    await before;
    await expect(db.selectFrom('note').selectAll().execute()).rejects.toThrow();
    const again = await open();
    expect(await again.db.selectFrom('note').select('text').execute()).toEqual([{ text: 'in time' }]);
    await again.close();
  });
});
