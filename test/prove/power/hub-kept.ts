import type { DatabaseSync } from 'node:sqlite';
import { readHandoff } from '../../../cloud/hub/src/cases/row.ts';
import { openSound } from '../../../cloud/hub/src/store/open-sound.ts';
import { envelopesAfter } from '../../../cloud/hub/src/sync/envelopes.ts';
import { reached } from '../../../cloud/hub/src/sync/safe.ts';
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

/** The hub opens it itself, brings it up to date, looks through it, and finds the case, how far the edge has come, and what is on its way to it. */
async function wrongWhenOpened(file: string, acknowledged: ReadonlySet<string>): Promise<string | undefined> {
  const { db, close } = await openSound(file, undefined);
  try {
    const numbers = (of: string) => [...acknowledged].filter((one) => one.startsWith(of)).map((one) => Number(one.split(':')[1]));
    const last = Math.max(0, ...numbers('up'));
    const come = (await reached(db)).find(({ edge }) => edge === 'e')?.durableThrough ?? 0;
    if (come < last) return `the hub says it has up to ${come}, and acknowledged ${last}`;
    if (last > 0 && (await readHandoff(db, 'c')).case !== 'c') return 'the hub does not find the case';
    const { envelopes } = await envelopesAfter({ db, now: Date.now, tell: () => {} }, 'e', 0, 10_000);
    const sent = new Set(envelopes.map(({ body }) => (body as { reply?: string }).reply));
    const missing = numbers('reply').find((n) => !sent.has(`r${n}`));
    return missing === undefined ? undefined : `the hub does not send reply ${missing}`;
  } finally {
    await close();
  }
}

export const hubKept: Kept = { file: 'hub.db', writer: 'hub-writer.ts', wrongIn, wrongWhenOpened };
