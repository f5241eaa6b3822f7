import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from './index.ts';

type Schema = { note: { id: number; text: string } };
const migrations: Record<string, Migration> = {
  '001-note': {
    up: (db: Kysely<unknown>) => sql`create table note (id integer primary key, text text not null)`.execute(db).then(() => {}),
  },
};
const many = 20_000;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wayside-salvage-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function filled(): Promise<string> {
  const file = join(folder, 'old.db');
  const store = await openStore<Schema>(file, migrations);
  await store.bulk([
    { sql: 'insert into note (id, text) values (?, ?)', rows: Array.from({ length: many }, (_, i) => [i + 1, `note ${i + 1}`]) },
  ]);
  await store.close();
  return file;
}

/** Overwrites part of a file in its middle. */
async function spoil(file: string, at: number, length: number): Promise<void> {
  const { size } = await stat(file);
  const handle = await open(file, 'r+');
  await handle.write(Buffer.alloc(length, 0xa5), 0, length, Math.floor(size * at));
  await handle.close();
}

describe('a damaged store', () => {
  it('is seen by a look at its structure, and a sound one is not called damaged', async () => {
    const file = await filled();
    const sound = await openStore<Schema>(file, migrations);
    expect(await sound.inspect()).toBeUndefined();
    await sound.close();
    await spoil(file, 0.5, 4096);
    const damaged = await openStore<Schema>(file, migrations);
    expect(await damaged.inspect()).toMatch(/./);
    await damaged.close();
  });

  it('is seen while others go on writing, by a process aside that ends with the store', async () => {
    const file = await filled();
    const sound = await openStore<Schema>(file, migrations);
    const look = sound.inspectAside();
    for (let id = many + 1; id < many + 50; id++) await sound.db.insertInto('note').values({ id, text: 'meanwhile' }).execute();
    expect(await look).toEqual({ kind: 'sound' });
    const again = sound.inspectAside();
    await sound.close();
    expect(await again).toEqual({ kind: 'unknown', why: expect.any(String) });
    await spoil(file, 0.5, 4096);
    const damaged = await openStore<Schema>(file, migrations);
    expect(await damaged.inspectAside()).toEqual({ kind: 'damaged', why: expect.stringMatching(/./) });
    await damaged.close();
  });

  it('gives what lies on both sides of a page that cannot be read, each row as it was', async () => {
    const file = await filled();
    await spoil(file, 0.5, 8192);
    const fresh = await openStore<Schema>(join(folder, 'new.db'), migrations);
    const [note] = await fresh.salvage(file, 10_000);
    expect(note).toMatchObject({ table: 'note', whole: false });
    expect(note?.rows).toBeGreaterThan(many * 0.9);
    expect(note?.rows).toBeLessThan(many);
    const rows = await fresh.db.selectFrom('note').selectAll().orderBy('id').execute();
    expect([rows[0]?.id, rows.at(-1)?.id]).toEqual([1, many]);
    expect(rows.filter(({ id, text }) => text !== `note ${id}`)).toEqual([]);
    await fresh.close();
  });

  it('is not thought to have holes where the new one could not be written', async () => {
    const file = await filled();
    const fresh = await openStore<Schema>(join(folder, 'new.db'), migrations);
    await sql`pragma max_page_count = 30`.execute(fresh.db);
    await expect(fresh.salvage(file, 10_000)).rejects.toMatchObject({ code: 'storage-full' });
    expect(await fresh.db.selectFrom('note').selectAll().execute()).toEqual([]);
    await fresh.close();
  });

  it('that is sound gives all, and one that is no database nothing', async () => {
    const file = await filled();
    const fresh = await openStore<Schema>(join(folder, 'new.db'), migrations);
    expect(await fresh.salvage(file, 10_000)).toEqual([{ table: 'note', rows: many, whole: true }]);
    await spoil(file, 0, 4096);
    expect(await fresh.salvage(file, 10_000)).toEqual([]);
    await fresh.close();
  });

  it('can be copied whole while others write', async () => {
    const store = await openStore<Schema>(await filled(), migrations);
    const copied = store.copyTo(join(folder, 'copy.db'));
    await store.db
      .insertInto('note')
      .values({ id: many + 1, text: 'meanwhile' })
      .execute();
    await copied;
    await store.close();
    const copy = await openStore<Schema>(join(folder, 'copy.db'), migrations);
    expect(await copy.inspect()).toBeUndefined();
    const { count } = await copy.db
      .selectFrom('note')
      .select((e) => e.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    expect(Number(count)).toBeGreaterThanOrEqual(many);
    await copy.close();
  });
});
