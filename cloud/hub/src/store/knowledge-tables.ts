/** knowledge: every version of an article, the words it is found by, and each time it was answered from. */
export type KnowledgeTables = {
  articleVersion: {
    id: string;
    locale: string;
    version: number;
    state: string;
    textJson: string;
    by: string;
    at: number;
    note: string | null;
  };
  /** Full text; only `knowledge/index-words.ts` knows what is in it. */
  articleWords: Record<never, never>;
  /** Sentences that edges are taught. */
  phraseSet: { id: string; setJson: string; state: string; by: string; updatedAt: number };
  /** Pictures of articles, by the SHA-256 of their bytes. `used`: 1 once an article showed it. */
  picture: {
    hash: string;
    type: string;
    width: number;
    height: number;
    dataBase64: string;
    by: string;
    at: number;
    used: number;
  };
  articleUse: { edge: string; session: string; turn: string; article: string; at: number };
};

export const knowledgeTables = `
alter table article add column appliesJson text not null default '[]';
alter table article add column mergedInto text;
create table articleVersion (id text not null, locale text not null, version integer not null, state text not null, textJson text not null,
  "by" text not null, at integer not null, note text, primary key (id, locale, version)) strict, without rowid;
create table articleUse (edge text not null, session text not null, turn text not null, article text not null, at integer not null,
  primary key (article, edge, session, turn)) strict, without rowid;
create index articleUseByTime on articleUse (article, at);
create index articleByState on article (state, updatedAt);
`;

export const phraseTables = `
create table phraseSet (id text primary key, setJson text not null, state text not null, "by" text not null, updatedAt integer not null) strict;
`;

export const pictureTable = `
create table picture (hash text primary key, type text not null, width integer not null, height integer not null, dataBase64 text not null, "by" text not null,
  at integer not null, used integer not null) strict;
create index pictureUnused on picture (used, "by", at);
`;

/** Full text: in SQLite (sqlite.org/fts5.html) rows have the numbers of the articles', in PostgreSQL their names. */
export const wordsTable = {
  sqlite: ['create virtual table articleWords using fts5 (title, marks, body, tokenize = "unicode61 remove_diacritics 2")'],
  postgres: [
    'create table "articleWords" (id text not null, locale text not null, words tsvector not null, primary key (id, locale))',
    'create index "articleWordsByWord" on "articleWords" using gin (words)',
  ],
};
