import { execFile } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { canonical, commit, type Entry, hashOf, rootText, type Seal, signatureHolds, toBase64Url } from '@wayside/record';
import { nodePrimitives as p, signerFrom } from '@wayside/record/node';
import { createRandom } from '@wayside/simulators';

const run = promisify(execFile);

export type RotHunt = {
  flips: number;
  /** By what became of them: no row changed; SQLite noticed; the record did. */
  harmless: number;
  bySqlite: number;
  byRecord: number;
  /** Changes of what is sealed that nobody noticed, by table and column. */
  silent: Record<string, number>;
  /** The same in rows of the last minute, which no seal covers yet. */
  unsealed: Record<string, number>;
};

type Row = Record<string, string | number | null>;
/** What is recorded, and what is on its way to the hub. */
type Content = Record<'outbox' | 'recordEntry' | 'recordBody', Map<number, Row>>;
const keys = { outbox: 'seq', recordEntry: 'n', recordBody: 'n' } as const;
const tables = Object.keys(keys) as (keyof typeof keys)[];

/** A store as an edge fills it, in one file. */
async function fillStore(seed: number): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'wayside-rot-'));
  try {
    const writer = resolve(import.meta.dirname, '../power/writer.ts');
    // It ends by being killed.
    await run(process.execPath, ['--disable-warning=ExperimentalWarning', writer, folder, '40', String(seed)]).catch(() => {});
    const file = join(folder, 'edge.db');
    const db = new DatabaseSync(file);
    db.exec('pragma wal_checkpoint(truncate)');
    db.close();
    return await readFile(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @throws when SQLite finds the file damaged, as the edge's own look through its store does */
function read(file: string): Content {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    const { quick_check: found } = db.prepare('pragma quick_check(1)').get() as { quick_check: string };
    if (found !== 'ok') throw new Error(found);
    const all = (table: keyof typeof keys) =>
      new Map((db.prepare(`select * from ${table}`).all() as Row[]).map((row) => [Number(row[keys[table]]), row]));
    return { outbox: all('outbox'), recordEntry: all('recordEntry'), recordBody: all('recordBody') };
  } finally {
    db.close();
  }
}

/** Does the record contradict itself, as whoever verifies it would see? The entry against its hash, the body against the entry; so what goes to the hub. */
function contradicts({ outbox, recordEntry, recordBody }: Content): boolean {
  const byId = new Map([...recordEntry.values()].map((row) => [row.id, row]));
  const breaks = (salt: unknown, body: string, entry: Row | undefined) =>
    entry === undefined || commit(p, String(salt), canonical(JSON.parse(body))) !== entry.body;
  try {
    for (const [n, row] of recordEntry) {
      const kept = recordBody.get(n);
      if (!kept || breaks(kept.salt, String(kept.body), row) || (row.entry === null) !== (row.hash === null)) return true;
      if (row.entry === null) continue;
      const entry = JSON.parse(String(row.entry)) as Entry;
      if (hashOf(p, entry) !== row.hash || entry.body !== row.body || entry.id !== row.id || entry.kind !== row.kind) return true;
      const before = recordEntry.get(n - 1);
      if (before && entry.prev !== before.hash) return true;
    }
    return [...outbox.values()].some((row) => {
      const entry = byId.get(row.id as string);
      if (row.salt !== null) return entry?.kind !== row.kind || breaks(row.salt, String(row.body), entry);
      return row.kind !== 'seal' || !sealHolds(JSON.parse(String(row.body)));
    });
  } catch {
    return true;
  }
}

/** As the hub looks at a seal before it takes it. The key is the writer's. */
function sealHolds({ entries, seal }: { entries: Entry[]; seal: Seal }): boolean {
  const hashes = entries.map((entry) => hashOf(p, entry));
  const covered = hashes.length === seal.count && hashes.at(-1) === seal.head && rootText(p, hashes) === seal.root;
  return covered && signatureHolds(p, 'seal', seal, toBase64Url(signerFrom(new Uint8Array(32).fill(7)).publicKey));
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** Where two contents differ first, and whether that row is sealed. */
function difference(was: Content, is: Content): { where: string; sealed: boolean } | undefined {
  const sealed = new Set([...was.recordEntry.values()].filter(({ hash }) => hash !== null).map(({ id }) => id));
  for (const table of tables) {
    if (was[table].size !== is[table].size) return { where: `${table}: rows`, sealed: true };
    for (const [key, row] of was[table]) {
      const now = is[table].get(key);
      const column = Object.keys(row).find((name) => !same(row[name], now?.[name]));
      const id = row.id ?? was.recordEntry.get(key)?.id ?? null;
      if (column !== undefined) return { where: `${table}.${column}`, sealed: sealed.has(id) || row.kind === 'seal' };
    }
  }
  return undefined;
}

/** Flips one bit after the other in a store at rest, and looks whether anybody who reads it notices. The same seed flips the same bits. */
export async function huntRot(flips: number, seed: number): Promise<RotHunt> {
  const whole = await fillStore(seed);
  const random = createRandom(seed, 'rot');
  const folder = await mkdtemp(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'wayside-rot-'));
  const file = join(folder, 'edge.db');
  const hunt: RotHunt = { flips, harmless: 0, bySqlite: 0, byRecord: 0, silent: {}, unsealed: {} };
  try {
    writeFileSync(file, whole);
    const was = read(file);
    if (contradicts(was)) throw new Error('the store contradicts itself before any bit was flipped');
    for (let i = 0; i < flips; i++) {
      const [at, bit] = [Math.floor(random() * whole.length), 1 << Math.floor(random() * 8)];
      whole[at] = (whole[at] as number) ^ bit;
      writeFileSync(file, whole);
      whole[at] = (whole[at] as number) ^ bit;
      let is: Content;
      try {
        is = read(file);
      } catch {
        hunt.bySqlite++;
        continue;
      }
      const found = difference(was, is);
      if (!found) hunt.harmless++;
      else if (contradicts(is)) hunt.byRecord++;
      else {
        const list = found.sealed ? hunt.silent : hunt.unsealed;
        list[found.where] = (list[found.where] ?? 0) + 1;
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return hunt;
}
