/** Full text of cases; only `cases/find.ts` knows what is in it. */
export type CaseWordsTables = { caseWords: Record<never, never> };

/**
 * In SQLite (sqlite.org/fts5.html) a row has the number of its case's place, in PostgreSQL its case's name. What is erased is erased at once (§4.13), as
 * everywhere in the store. Beginnings of up to three letters, each with a mark before it, are found without reading all words that begin so (§4.2).
 */
export const caseWords = {
  sqlite: [
    'create table caseWordsPlace (place integer primary key autoincrement, "case" text not null unique) strict',
    `create virtual table caseWords using fts5 (words, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3 4')`,
    `insert into caseWords (caseWords, rank) values ('secure-delete', 1)`,
  ],
  postgres: [
    'create table "caseWords" ("case" text primary key, place bigint generated always as identity unique, words tsvector not null)',
    'create index "caseWordsByWord" on "caseWords" using gin (words)',
  ],
};
