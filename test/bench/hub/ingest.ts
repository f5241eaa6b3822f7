import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contractVersion } from '@wayside/contract';
import { record, thing } from '../../../cloud/hub/src/scenario.ts';
import type { Bench, Row } from '../measure.ts';
import { startPeer } from '../peers/start-peer.ts';
import { startFilledHub } from './filled-hub.ts';
import { rateOf } from './load.ts';

const connections = 16;

/** Records as edges send them, each connection an edge of its own with its own numbers. */
function sending(perBatch: number, tokenOf: (edge: number) => string) {
  const through = Array<number>(connections).fill(0);
  const epoch = `b${perBatch}`;
  return (edge: number) => {
    const first = through[edge]! + 1;
    through[edge]! += perBatch;
    const records = Array.from({ length: perBatch }, (_, i) =>
      record(first + i, 'thing', { ...thing(`car-${i}`), title: `Car ${first + i}` }),
    );
    return { body: JSON.stringify({ version: contractVersion, epoch, records }), token: tokenOf(edge) };
  };
}

/** What edges tell, stored durably with all that follows from it: authenticated, checked, once. */
export const hubIngest: Bench = {
  name: 'hub-ingest',
  title: `The hub takes in records of ${connections} edges, answered when they are on disk`,
  async run({ share, say }): Promise<Row[]> {
    const seconds = Math.max(1, 6 * share);
    const temporary = await mkdtemp(join(tmpdir(), 'wayside-bench-'));
    const hub = await startFilledHub({ edges: connections });
    const up = `${hub.ready.url}/v1/sync/up`;
    const noStore = await startPeer<{ url: string }>('hub-no-store.ts', [String(connections)]);
    const rows = await startPeer<{ url: string }>('row-route.ts', [temporary]);
    const echo = await startPeer<{ url: string }>('echo.ts');
    try {
      say('batches of 100');
      const batches = 100 * (await rateOf(up, connections, seconds, sending(100, hub.tokenOf)));
      say('the same without a store');
      const bare = 100 * (await rateOf(noStore.ready.url, connections, seconds, sending(100, hub.tokenOf)));
      say('one insert per request');
      const single = await rateOf(rows.ready.url, connections, seconds, () => ({ body: '{"text":"one"}' }));
      say('one record per request');
      const each = await rateOf(up, connections, seconds, sending(1, hub.tokenOf));
      say('an echo');
      const echoed = await rateOf(echo.ready.url, connections, seconds, sending(1, hub.tokenOf));
      return [
        {
          metric: 'recordsPerSecond',
          says: 'Records in batches of 100',
          value: batches,
          unit: '/s',
          peers: [
            { is: 'one insert per request, same store', value: single, as: 'toOneInsert', goal: { atLeast: 20 } },
            { is: 'the same hub with no store', value: bare, as: 'toNoStore', goal: { atLeast: 0.7 } },
          ],
        },
        {
          metric: 'requestsPerSecond',
          says: 'Requests with one record',
          value: each,
          unit: '/s',
          peers: [{ is: 'a bare node:http echo', value: echoed, as: 'toEcho', goal: { atLeast: 0.6 } }],
        },
      ];
    } finally {
      await Promise.all([hub.end(), noStore.stop(), rows.stop(), echo.stop()]);
      await rm(temporary, { recursive: true, force: true });
    }
  },
};
