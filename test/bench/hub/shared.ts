import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clientOf } from '../../../cloud/hub/src/store/postgres/pool.ts';
import { postgresPrograms, startPostgres } from '../../support/postgres.ts';
import { type Wayside, wayside } from '../../support/processes.ts';
import { type Bench, median, type Row, some } from '../measure.ts';
import { compareCopy } from './copy.ts';
import type { HubReady } from './filled-hub.ts';
import { rateOf, type Sending } from './load.ts';
import { sendBatches } from './sending.ts';
import { heldOf, signerOf } from './signing.ts';

const connections = 16;

/** Hubs that share a PostgreSQL: one beside two, and what they write beside COPY. In turns, since a machine is never the same twice. */
export const shared: Bench = {
  name: 'hubs',
  title: `Hubs on one PostgreSQL: ${connections} edges send batches of 100`,
  async run({ share, say }): Promise<Row[] | { skipped: string }> {
    if (postgresPrograms() === undefined) return { skipped: 'PostgreSQL is not here: apt-get install postgresql' };
    const seconds = Math.max(1, 6 * share);
    const folder = await mkdtemp(join(tmpdir(), 'wayside-bench-'));
    const database = await startPostgres({ fsync: 'on' });
    const hubs: Wayside<HubReady>[] = [];
    // One folder: it holds the keys that both speak with.
    const start = async () =>
      hubs.push(await wayside<HubReady>(['hub', '--database', database.url, '--data', folder, '--port', '0', '--log-level', 'error']));
    try {
      await start();
      await start();
      const urls = hubs.map(({ ready }) => `${ready.url}/v1/sync/up`);
      await enrol(database.url, connections);
      const rates: Record<1 | 2, number[]> = { 1: [], 2: [] };
      for (let n = 0; n < some(3, share); n++)
        for (const count of [1, 2] as const) {
          say(`${count === 1 ? 'one hub' : 'two hubs'}, ${n + 1}`);
          const next: Sending = sendBatches(`e${n}-${count}`, connections, 100);
          rates[count].push(100 * (await rateOf((edge) => urls[edge % count]!, connections, seconds, next)));
        }
      say('beside COPY');
      const { ours, copied } = await compareCopy(database.url, some(20, share));
      return [
        {
          metric: 'recordsPerSecond',
          says: 'Two hubs, records answered when they are on disk',
          value: median(rates[2]),
          unit: '/s',
          peers: [{ is: 'one hub', value: median(rates[1]), as: 'twoToOne', goal: { atLeast: 1.6 } }],
        },
        {
          metric: 'rowsPerSecond',
          says: 'Rows of 1,600 records a transaction, as a hub writes them',
          value: ours,
          unit: '/s',
          peers: [{ is: 'COPY of the same rows', value: copied, as: 'toCopy', goal: { atLeast: 0.7 } }],
        },
      ];
    } finally {
      await Promise.all(hubs.map((hub) => hub.stop()));
      await database.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

/** Edges with the certificates they sign by, straight into the tables, as in a filled hub. */
async function enrol(database: string, edges: number): Promise<void> {
  const client = clientOf(database);
  await client.connect();
  const now = Date.now();
  for (let n = 0; n < edges; n++) {
    const { fingerprint, publicKey } = heldOf(signerOf(n));
    await client.query('insert into main.edge (id, "tokenHash", "enrolledAt", "downThrough") values ($1, $1, $2, 0)', [`edge-${n}`, now]);
    await client.query(
      'insert into main."edgeCertificate" (fingerprint, edge, "publicKey", "issuedAt", "expiresAt", "usedAt") values ($1, $2, $3, $4, $5, $4)',
      [fingerprint, `edge-${n}`, publicKey, now, now + 86_400_000],
    );
  }
  await client.end();
}
