import { DatabaseSync } from 'node:sqlite';

const monthMs = 30 * 86_400_000;
/** Ids as an edge gives them, but of the year 1970. */
const ofMonth = "id glob 'r_0000000000*'";

/**
 * Puts a month of records for the hub into the store of an edge that is stopped, as if it had lived it without one: of a hundred, ninety codes of the
 * machine, one conversation that begins and nine turns of it.
 */
export function fillOutbox(file: string, count: number, now: number): void {
  const database = new DatabaseSync(file);
  const at = `${now - monthMs} + cast(n * ${monthMs / count} as integer)`;
  const session = "'s-old-' || (n / 100)";
  try {
    database.exec(`pragma journal_mode = wal; pragma synchronous = off; begin;
      with recursive number (n) as (select 0 union all select n + 1 from number where n + 1 < ${count})
      insert into outbox (id, kind, at, body)
        select 'r_' || printf('%026d', n), case when n % 100 = 0 then 'session' when n % 10 = 5 and n % 100 > 5 then 'turn' else 'dtc' end, ${at},
          case
            when n % 100 = 0 then json_object('session', ${session}, 'at', ${at}, 'channel', 'panel', 'locale', 'en')
            when n % 10 = 5 and n % 100 > 5 then json_object('id', 't-old-' || n, 'session', ${session}, 'at', ${at}, 'by', 'operator',
              'text', 'What does this light mean, number ' || n || '?', 'citations', json('[]'))
            else json_object('thing', 'car-1', 'code', 'P0301', 'state', iif(n % 2, 'confirmed', 'cleared'), 'at', ${at})
          end
        from number;
      commit;`);
  } finally {
    database.close();
  }
}

/** What of that month lies in the store of a hub that is stopped. `outOfOrder`: records that have not the number of their place in the month. */
export function readMonth(file: string): { stored: number; different: number; outOfOrder: number; turns: number; handoffs: number } {
  const database = new DatabaseSync(file, { readOnly: true });
  const one = (query: string) => Object.values(database.prepare(query).get() as Record<string, number>)[0] as number;
  try {
    const first = one(`select min(seq) from upRecord where ${ofMonth}`);
    return {
      stored: one(`select count(*) from upRecord where ${ofMonth}`),
      different: one(`select count(distinct id) from upRecord where ${ofMonth}`),
      outOfOrder: one(`select count(*) from upRecord where ${ofMonth} and cast(substr(id, 3) as integer) != seq - ${first}`),
      turns: one("select count(*) from turn where id glob 't-old-*'"),
      handoffs: one("select count(*) from upRecord where kind = 'handoff'"),
    };
  } finally {
    database.close();
  }
}
