import type { DatabaseSync } from 'node:sqlite';
import type { Kept } from './check.ts';

/**
 * What was acknowledged is there with all that follows from it: `up N` is record N with the turn it is, and how far the stream has come; `reply N` is in
 * the case and on its way to the edge. Envelopes have no hole.
 */
function wrongIn(db: DatabaseSync, acknowledged: ReadonlySet<string>): string | undefined {
  const exists = db.prepare("select count(*) as n from sqlite_master where name = 'upRecord'").get() as { n: number };
  if (exists.n === 0) return acknowledged.size === 0 ? undefined : 'all tables are gone';
  const has = (sql: string, ...values: (string | number)[]) => db.prepare(sql).get(...values) !== undefined;
  for (const one of acknowledged) {
    const [what, n] = one.split(':') as ['up' | 'reply', string];
    if (what === 'reply') {
      if (!has('select 1 from reply where id = ?', `r${n}`)) return `${one} is lost`;
      if (!has("select 1 from downEnvelope where kind = 'reply' and json_extract(bodyJson, '$.reply') = ?", `r${n}`))
        return `${one} is not sent`;
    } else {
      if (!has('select 1 from upRecord where seq = ?', Number(n))) return `${one} is lost`;
      if (!has('select 1 from upStream where durableThrough >= ?', Number(n))) return `the stream has not come to ${n}`;
      if (Number(n) > 1 && !has('select 1 from turn where id = ?', `t${n}`)) return `${one} had no effect`;
    }
  }
  const envelopes = db.prepare('select seq from downEnvelope order by seq').all() as { seq: number }[];
  const hole = envelopes.find(({ seq }, i) => seq !== i + 1);
  return hole && `an envelope is missing before ${hole.seq}`;
}

export const hubKept: Kept = { file: 'hub.db', writer: 'hub-writer.ts', wrongIn };
