import { execFile } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { createRandom } from '@wayside/simulators';
import { type BodyRow, createCheck, type EntryRow } from '../../../edge/agent/src/record/check.ts';

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
type Envelope = Parameters<ReturnType<typeof createCheck>['envelope']>[0];
/** What is recorded, and what is on its way to the hub. */
type Content = Record<keyof typeof keys, Map<number, Row>>;
const keys = { outbox: 'seq', recordEntry: 'n', recordBody: 'n', recordSeal: 'n', recordKey: 'n' } as const;
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
      new Map((db.prepare(`select * from ${table} order by ${keys[table]}`).all() as Row[]).map((row) => [Number(row[keys[table]]), row]));
    return Object.fromEntries(tables.map((table) => [table, all(table)])) as Content;
  } finally {
    db.close();
  }
}

/** Whether the edge's own look through its record sees that it contradicts itself. */
function contradicts({ outbox, recordEntry, recordBody, recordSeal, recordKey }: Content): boolean {
  const check = createCheck();
  const byId = new Map([...recordEntry.values()].map((row) => [row.id, row]));
  const found = <T>(rows: Iterable<Row>, look: (row: T) => string | undefined) => [...rows].some((row) => look(row as T) !== undefined);
  type Of = Parameters<typeof check.envelope>[1];
  return (
    found(recordKey.values(), check.key) ||
    found(recordSeal.values(), check.seal) ||
    found<EntryRow>(recordEntry.values(), (row) => check.entry(row, recordBody.get(row.n) as BodyRow | undefined)) ||
    check.end() !== undefined ||
    found<Envelope>(outbox.values(), (row) => check.envelope(row, byId.get(row.id) as Of))
  );
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
      if (column === undefined) continue;
      const id = row.id ?? (table === 'recordBody' ? was.recordEntry.get(key)?.id : undefined);
      return { where: `${table}.${column}`, sealed: id === undefined || sealed.has(id) || row.kind === 'seal' };
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
