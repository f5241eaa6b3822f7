import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bench, median, type Row } from '../measure.ts';
import { startPeer } from '../peers/start-peer.ts';
import { costOf } from './cost.ts';
import { startFilledHub } from './filled-hub.ts';
import { rateOf, type Sending } from './load.ts';
import { sendBatches } from './sending.ts';
import { signed, signerOf } from './signing.ts';

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
    const hub = await startFilledHub({ edges: connections, signing: connections });
    const up = `${hub.ready.url}/v1/sync/up`;
    const noStore = await startPeer<{ url: string }>('hub-no-store.ts', [String(connections)]);
    const rows = await startPeer<{ url: string }>('row-route.ts', [temporary]);
    const echo = await startPeer<{ url: string }>('echo.ts');
    try {
      const signers = Array.from({ length: connections }, (_, edge) => signerOf(edge));
      const costs: Record<'token' | 'signature', number[]> = { token: [], signature: [] };
      const rates: Record<'batches' | 'bare' | 'single' | 'each' | 'echo', number[]> = {
        batches: [],
        bare: [],
        single: [],
        each: [],
        echo: [],
      };
      const send = (per: number, turn: number) => sendBatches(`${per}-${turn}`, connections, per, hub.tokenOf);
      for (let n = 0; n < turns; n++) {
        say(
          `turn ${n + 1}: batches of 100, the same without a store, one insert per request, one record per request by token and signed, an echo`,
        );
        rates.batches.push(100 * (await rateOf(up, connections, seconds, send(100, n))));
        rates.bare.push(100 * (await rateOf(noStore.ready.url, connections, seconds, send(100, n))));
        rates.single.push(await rateOf(rows.ready.url, connections, seconds, () => ({ body: '{"text":"one"}' })));
        const plain = send(1, n);
        const byToken = await costOf(hub.ready, () => rateOf(up, connections, seconds, plain));
        rates.each.push(byToken.got);
        const signing: Sending = (edge) => {
          const { body } = plain(edge);
          return { body, headers: signed(signers[edge]!, { method: 'POST', path: '/v1/sync/up', body }) };
        };
        const bySignature = await costOf(hub.ready, () => rateOf(up, connections, seconds, signing));
        costs.token.push(byToken.ms);
        costs.signature.push(bySignature.ms);
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
          metric: 'requestsPerSecond',
          says: 'Requests with one record',
          value: median(rates.each),
          unit: '/s',
          peers: [{ is: 'a bare node:http echo', value: median(rates.echo), as: 'toEcho', goal: { atLeast: 0.6 } }],
        },
        {
          metric: 'signedMs',
          says: 'Processor time of the hub for one that is signed (RFC 9421, P-256)',
          value: median(costs.signature),
          unit: 'ms',
          peers: [{ is: 'the same with a token', value: median(costs.token), as: 'signedToToken' }],
        },
      ];
    } finally {
      await Promise.all([hub.end(), noStore.stop(), rows.stop(), echo.stop()]);
      await rm(temporary, { recursive: true, force: true });
    }
  },
};
