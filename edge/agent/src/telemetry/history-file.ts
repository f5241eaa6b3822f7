import { openStore, type Store } from '@wayside/sqlite';
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Telemetry's own file: a bounded ring that may be thinned, so it lies apart from what must never be lost. */
export type HistorySchema = {
  series: { id: number; thing: string; signal: string };
  /** Newest samples as they came, until their chunks are packed. */
  journal: { seq: number; body: Uint8Array };
  chunk: { series: number; t0: number; t1: number; nonce: number; body: Uint8Array };
};

export const historyMigrations: Record<string, Migration> = {
  '001-series': {
    async up(db: Kysely<unknown>) {
      await sql`create table series (id integer primary key, thing text not null, signal text not null, unique (thing, signal))`.execute(
        db,
      );
      await sql`create table journal (seq integer primary key, body blob not null)`.execute(db);
      await sql`create table chunk (series integer not null, t0 integer not null, t1 integer not null, body blob not null)`.execute(db);
      await sql`create index chunkOfSeries on chunk (series, t1)`.execute(db);
    },
  },
  // Chunks of a series side by side: an hour of it lies on a few pages instead of one for each minute.
  '002-side-by-side': {
    async up(db: Kysely<unknown>) {
      await sql`alter table chunk rename to scattered`.execute(db);
      await sql`create table chunk (series integer not null, t0 integer not null, t1 integer not null, nonce integer not null, body blob not null,
        primary key (series, t1, nonce)) without rowid`.execute(db);
      await sql`insert into chunk select series, t0, t1, rowid, body from scattered order by series, t1`.execute(db);
      await sql`drop table scattered`.execute(db);
    },
  },
};

/** Opens (or makes) the file. Rejects as `openStore` does. */
export const openHistoryFile = (file: string): Promise<Store<HistorySchema>> => openStore<HistorySchema>(file, historyMigrations);
