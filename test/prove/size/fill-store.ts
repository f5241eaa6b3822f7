import { DatabaseSync } from 'node:sqlite';

/** Bytes of text one filled row of everything takes, about; measured, so that a store of a wanted size is made in one go. */
const perTurn = 1_800;

/**
 * Fills an edge's store, whose edge has stopped, with a long life: conversations, what was recorded of each turn with its body and seal, and records
 * that a hub has not made safe. What is in it is not
 * chained, as only a start looks at it; its record lies before the first entry, so that none of it waits for a seal.
 * @returns the turns it holds
 */
export function fillStore(file: string, bytes: number): number {
  const database = new DatabaseSync(file);
  const turns = Math.ceil(bytes / perTurn);
  const numbers = `with recursive number (n) as (select 1 union all select n + 1 from number where n < ${turns})`;
  const words = "'turn ' || n || ' ' || hex(randomblob(150))";
  const body = `json_object('text', ${words}, 'n', n)`;
  try {
    database.exec(`pragma journal_mode = wal; pragma synchronous = off; pragma cache_size = -100000; begin;
      insert into session (id, channel, locale, person, thing, startedAt, state)
        ${numbers} select 's_' || n, 'panel', 'en', null, 'car-1', 1700000000000 + n, '{}' from number where n <= ${Math.ceil(turns / 20)};
      insert into turn (id, session, at, by, text, citations)
        ${numbers} select 't_' || n, 's_' || (1 + n / 20), 1700000000000 + n, 'operator', ${words}, '[]' from number where n < ${turns};
      insert into outbox (id, kind, at, body, salt)
        ${numbers} select 'o_' || n, 'turn', 1700000000000 + n, ${body}, hex(randomblob(16)) from number;
      insert into recordBody (n, salt, body) ${numbers} select -n, hex(randomblob(16)), ${body} from number;
      insert into recordEntry (n, id, kind, at, session, body, entry, hash, seal)
        ${numbers} select -n, 'e_' || n, 'turn', 1700000000000 + n, 's_' || (1 + n / 20), hex(randomblob(21)), ${body}, hex(randomblob(21)), 1 + n / 64 from number;
      commit;`);
  } finally {
    database.close();
  }
  return turns;
}
