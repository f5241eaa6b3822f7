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

/** What was reckoned of texts that are found in image after image: an entry's hash, and by their salt the bodies that are what was committed to. */
const known = {
  hashes: new Map<string, { hash: string; prev: string | undefined }>(),
  bodies: new Map<string, { body: string; commitment: string }>(),
};
const mostKnown = 1_000;

function commits(salt: string, body: string, commitment: string): boolean {
  const same = known.bodies.get(salt);
  if (same?.body === body && same.commitment === commitment) return true;
  if (commit(p, salt, body) !== commitment) return false;
  if (known.bodies.size >= mostKnown) known.bodies.clear();
  known.bodies.set(salt, { body, commitment });
  return true;
}

function reckon(entry: string): { hash: string; prev: string | undefined } {
  const before = known.hashes.get(entry);
  if (before) return before;
  const parsed = JSON.parse(entry) as Entry;
  const made = { hash: hashOf(p, parsed), prev: parsed.prev };
  if (known.hashes.size >= mostKnown) known.hashes.clear();
  known.hashes.set(entry, made);
  return made;
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
  const inRecord = new Set(rows.map(({ id }) => id));
  if ([...acknowledged].some((id) => !inRecord.has(id))) return 'an acknowledged record is not in the record';
  let before: string | undefined;
  for (const { n, salt, body, commitment, entry, hash } of rows) {
    if (salt === null || body === null || !commits(salt, body, commitment)) return `entry ${n} does not commit to its body`;
    if (entry === null) continue;
    const sealed = reckon(entry);
    if (sealed.hash !== hash || (before !== undefined && sealed.prev !== before)) return `the chain breaks at ${n}`;
    before = hash;
  }
  return undefined;
}

export const edgeKept: Kept = { file: 'edge.db', writer: 'writer.ts', wrongIn };
