import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bench, median, type Row } from '../measure.ts';
import { startPeer } from '../peers/start-peer.ts';
import { costOf } from './cost.ts';
import { startFilledHub } from './filled-hub.ts';
import { rateOf } from './load.ts';
import { sendBatches } from './sending.ts';

const connections = 64;
/** In turns: a machine, and its disk above all, is never the same twice. */
const turns = 3;

/** What edges tell, stored durably with all that follows from it: authenticated, checked, once. */
export const hubIngest: Bench = {
  name: 'hub-ingest',
  title: `The hub takes in records of ${connections} edges, answered when they are on disk`,
  async run({ share, say }): Promise<Row[]> {
    const seconds = Math.max(0.5, 3 * share);
    const temporary = await mkdtemp(join(tmpdir(), 'wayside-bench-'));
    const hub = await startFilledHub({ edges: connections });
    const up = `${hub.ready.url}/v1/sync/up`;
    const noStore = await startPeer<{ url: string }>('hub-no-store.ts', [String(connections)]);
    const rows = await startPeer<{ url: string }>('row-route.ts', [temporary]);
    const echo = await startPeer<{ url: string }>('echo.ts');
    try {
      const costs: number[] = [];
      const batchCosts: number[] = [];
      const rates: Record<'batches' | 'bare' | 'single' | 'each' | 'echo', number[]> = {
        batches: [],
        bare: [],
        single: [],
        each: [],
        echo: [],
      };
      const send = (per: number, turn: number) => sendBatches(`${per}-${turn}`, connections, per);
      for (let n = 0; n < turns; n++) {
        say(`turn ${n + 1}: batches of 100, the same without a store, one insert per request, one record per request, an echo`);
        const batches = await costOf(hub.ready, () => rateOf(up, connections, seconds, send(100, n)));
        rates.batches.push(100 * batches.got);
        batchCosts.push(batches.ms);
        rates.bare.push(100 * (await rateOf(noStore.ready.url, connections, seconds, send(100, n))));
        rates.single.push(await rateOf(rows.ready.url, connections, seconds, () => ({ body: '{"text":"one"}' })));
        const each = await costOf(hub.ready, () => rateOf(up, connections, seconds, send(1, n)));
        rates.each.push(each.got);
        costs.push(each.ms);
        rates.echo.push(await rateOf(echo.ready.url, connections, seconds, send(1, n)));
      }
      return [
        {
          metric: 'recordsPerSecond',
          says: 'Records in batches of 100',
          value: median(rates.batches),
          unit: '/s',
          peers: [
            { is: 'one insert per request, same store', value: median(rates.single), as: 'toOneInsert', goal: { atLeast: 20 } },
            { is: 'the same hub with no store', value: median(rates.bare), as: 'toNoStore', goal: { atLeast: 0.7 } },
          ],
        },
        {
          metric: 'batchMs',
          says: 'Processor time of the hub for a batch of 100, all its threads',
          value: median(batchCosts),
          unit: 'ms',
        },
        {
          metric: 'requestsPerSecond',
          says: 'Requests with one record',
          value: median(rates.each),
          unit: '/s',
          peers: [{ is: 'a bare node:http echo', value: median(rates.echo), as: 'toEcho', goal: { atLeast: 0.6 } }],
        },
        {
          metric: 'requestMs',
          says: 'Processor time of the hub for each, its signature checked (RFC 9421, P-256)',
          value: median(costs),
          unit: 'ms',
        },
      ];
    } finally {
      await Promise.all([hub.end(), noStore.stop(), rows.stop(), echo.stop()]);
      await rm(temporary, { recursive: true, force: true });
    }
  },
};
