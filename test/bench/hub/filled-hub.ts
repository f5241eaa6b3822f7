import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '@wayside/sqlite';
import { migrationsIn } from '../../../cloud/hub/src/store/migrations.ts';
import type { Schema } from '../../../cloud/hub/src/store/schema.ts';
import { type Wayside, wayside } from '../../support/processes.ts';
import { heldOf, signerOf } from './signing.ts';

export type HubReady = { url: string; token: string };
export type FilledHub = Wayside<HubReady> & { end(): Promise<void> };

const rowsAtOnce = 5_000;

/** So much is in the store before the hub starts. Each edge has the certificate of its `signerOf`. */
export type Filling = { edges: number; cases?: number; articles?: number };

/** A hub as a real process, whose store holds so many edges, cases and articles: written straight into its tables, as no test could wait for them. */
export async function startFilledHub(filling: Filling): Promise<FilledHub> {
  const folder = await mkdtemp(join(tmpdir(), 'wayside-bench-'));
  const data = join(folder, 'hub');
  await mkdir(data);
  await fill(join(data, 'hub.db'), filling);
  const hub = await wayside<HubReady>(['hub', '--data', data, '--port', '0', '--log-level', 'error']);
  return {
    ...hub,
    async end() {
      await hub.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function fill(file: string, { edges, cases = 0, articles = 0 }: Filling): Promise<void> {
  const store = await openStore<Schema>(file, migrationsIn('sqlite'));
  const insert = async (sql: string, count: number, row: (n: number) => (string | number | null)[]) => {
    for (let from = 0; from < count; from += rowsAtOnce)
      await store.bulk([{ sql, rows: Array.from({ length: Math.min(rowsAtOnce, count - from) }, (_, i) => row(from + i)) }]);
  };
  const now = Date.now();
  await insert('insert into edge (id, tokenHash, enrolledAt, downThrough) values (?, ?, ?, 0)', edges, (n) => [
    `edge-${n}`,
    `edge-${n}`,
    now,
  ]);
  await insert(
    'insert into edgeCertificate (fingerprint, edge, publicKey, issuedAt, expiresAt, usedAt) values (?, ?, ?, ?, ?, ?)',
    edges,
    (n) => {
      const { fingerprint, publicKey } = heldOf(signerOf(n));
      return [fingerprint, `edge-${n}`, publicKey, now, now + 86_400_000, now];
    },
  );
  const handoff = JSON.stringify({ transcript: [], brief: { said: [] }, thing: { maker: 'Seat', model: 'Leon' } });
  // One case in fifty is open, as at a desk that keeps up.
  await insert(
    `insert into "case" (id, edge, session, state, urgency, openedAt, waitingSince, updatedAt, titleJson, family, rule, unread, topFault, topFaultTitleJson, glanceJson, handoffJson, severity, locale, firstReplyAt, resolvedAt)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, 'vehicle', ?, 0, ?, ?, ?, ?, ?, 'en', ?, ?)`,
    cases,
    (n) => {
      const open = n % 50 === 0;
      const fault = `fault-${n % 97}`;
      const title = JSON.stringify({ en: `Fault ${n % 97}`, zh: `故障 ${n % 97}` });
      const at = now - (cases - n) * 1_000;
      const glance = JSON.stringify({
        title: JSON.parse(title),
        summary: JSON.parse(title),
        person: personOf(n),
        said: saidIn(n),
        locale: 'en',
        attention: 'takes-over',
      });
      return [
        `case-${n}`,
        `edge-${n % edges}`,
        `s-${n}`,
        open ? 'open' : 'resolved',
        n % 500 === 0 ? 'urgent' : 'normal',
        at,
        open ? at : null,
        at,
        title,
        `rule-${n % 7}`,
        fault,
        title,
        glance,
        handoff,
        n % 4,
        // Answered within the hour, solved within the day.
        open ? null : at + ((n * 7_919) % 3_600) * 1_000,
        open ? null : at + ((n * 7_919) % 86_400) * 1_000,
      ];
    },
  );
  await store.bulk([
    {
      sql: `insert into caseTally (edge, resolved) select edge, count(*) from "case" where state = 'resolved' group by edge`,
      rows: [[]],
    },
  ]);
  // As `cases/find.ts` indexes them: resolved ones with another mark than open ones.
  await insert('insert into caseWordsPlace (place, "case") values (?, ?)', cases, (n) => [n + 1, `case-${n}`]);
  await insert('insert into caseWords (rowid, words) values (?, ?)', cases, (n) => [
    n + 1,
    `case ${n} edge ${n % edges} fault ${n % 97} 故 障 ${n % 97} ${personOf(n)} ${saidIn(n)}`
      .toLowerCase()
      .replaceAll(/\S+/g, n % 50 === 0 ? 'o$&' : 'd$&'),
  ]);
  await insert(
    `insert into article (id, locale, state, version, title, body, family, faultsJson, tagsJson, sourcesJson, origin, "by", updatedAt)
      values (?, 'en', 'published', 1, ?, ?, 'vehicle', ?, '[]', '[]', 'technician', 'bench', ?)`,
    articles,
    (n) => [
      `article-${n}`,
      `${wordAt(n)} ${wordAt(n * 7 + 1)} of the ${wordAt(n * 13 + 5)}`,
      Array.from({ length: 60 }, (_, i) => wordAt(n * 31 + i * i)).join(' '),
      JSON.stringify([`fault-${n % 97}`]),
      now - n,
    ],
  );
  if (articles > 0)
    await store.bulk([
      { sql: 'insert into articleWords (rowid, title, marks, body) select rowid, title, id, body from article', rows: [[]] },
    ]);
  await store.close();
}

const parts = [
  'cool',
  'pump',
  'belt',
  'gear',
  'valv',
  'sens',
  'rotor',
  'filt',
  'brak',
  'heat',
  'oil',
  'fan',
  'seal',
  'bear',
  'coil',
  'spar',
];
/** One of some thousands of words. */
export const wordAt = (n: number): string => parts[n % 16]! + parts[(n >> 4) % 16]! + parts[(n >> 8) % 16]!;

/** Ten thousand people ask, each often. */
export const personOf = (n: number): string => `Name${n % 100} Of${(n * 7_919) % 10_000}`;
/** What they say: some common words and some that are rare. */
export const saidIn = (n: number): string =>
  `the ${wordAt(n * 31)} makes a ${wordAt(n % 23)} noise when it is ${wordAt(n * 7 + 3)} and ${wordAt(n * 13)}`;
