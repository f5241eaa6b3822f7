import type { DatabaseSync } from 'node:sqlite';
import { commit, type Entry, hashOf } from '@wayside/record';
import { nodePrimitives as p } from '@wayside/record/node';
import type { Kept } from './check.ts';

type Row = {
  n: number;
  id: string;
  kind: string;
  commitment: string;
  entry: string | null;
  hash: string | null;
  salt: string | null;
  body: string | null;
};

const asCommitted = new Set<string>();
/** Whether this is the body that was committed to. The same text is found in image after image; it is reckoned once. */
function commits(salt: string, body: string, commitment: string): boolean {
  const said = `${commitment} ${salt} ${body}`;
  if (asCommitted.has(said)) return true;
  if (commit(p, salt, body) !== commitment) return false;
  if (asCommitted.size >= 1_000) asCommitted.clear();
  asCommitted.add(said);
  return true;
}

/** Every acknowledged record is there, numbers have no hole, each body is what its entry commits to, and what is sealed is one chain. */
function wrongIn(db: DatabaseSync, acknowledged: ReadonlySet<string>): string | undefined {
  const exists = db.prepare("select count(*) as n from sqlite_master where name = 'recordEntry'").get() as { n: number };
  if (exists.n === 0) return acknowledged.size === 0 ? undefined : 'all tables are gone';
  const outbox = db.prepare('select seq, id from outbox order by seq').all() as { seq: number; id: string }[];
  const hole = outbox.find(({ seq }, i) => seq !== i + 1);
  if (hole) return `a number is missing before ${hole.seq}`;
  const there = new Set(outbox.map(({ id }) => id));
  const lost = [...acknowledged].filter((id) => !there.has(id));
  if (lost.length > 0) return `${lost.length} acknowledged records are lost`;
  const rows = db
    .prepare(
      'select e.n, e.id, e.kind, e.body as commitment, e.entry, e.hash, b.salt, b.body from recordEntry e left join recordBody b on b.n = e.n order by e.n',
    )
    .all() as Row[];
  const known = new Set(rows.map(({ id }) => id));
  if ([...acknowledged].some((id) => !known.has(id))) return 'an acknowledged record is not in the record';
  let before: string | undefined;
  for (const { n, salt, body, commitment, entry, hash } of rows) {
    if (salt === null || body === null || !commits(salt, body, commitment)) return `entry ${n} does not commit to its body`;
    if (entry === null) continue;
    const parsed = JSON.parse(entry) as Entry;
    if (hashOf(p, parsed) !== hash || (before !== undefined && parsed.prev !== before)) return `the chain breaks at ${n}`;
    before = hash;
  }
  return undefined;
}

export const edgeKept: Kept = { file: 'edge.db', writer: 'writer.ts', wrongIn };
