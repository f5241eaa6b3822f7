import { get } from 'node:http';
import { contractVersion } from '@wayside/contract';
import { call, handoff, record, turn } from '../../../cloud/hub/src/scenario.ts';
import { type Bench, median, pause, quantile, type Row, some } from '../measure.ts';
import { startFilledHub } from './filled-hub.ts';
import { signed, signerOf } from './signing.ts';

const everyMs = 100;

/** From the moment an edge tells what somebody said to the news of it at every open console. */
export const consoles: Bench = {
  name: 'console',
  title: 'Consoles: an edge tells a turn ten times a second, every console hears of it',
  async run({ share, say }): Promise<Row[]> {
    const count = some(50, share);
    const hub = await startFilledHub({ edges: 1 });
    const { url, token } = hub.ready;
    const up = (records: unknown[]) => {
      const raw = JSON.stringify({ version: contractVersion, epoch: 'e', records });
      return call(url, 'POST', '/v1/sync/up', { raw, headers: signed(signerOf(0), { method: 'POST', path: '/v1/sync/up', body: raw }) });
    };
    let sentAt = Number.NaN;
    const took: number[] = [];
    const streams = await Promise.all(
      Array.from({ length: count }, () => listen(`${url}/v1/events`, token, () => took.push(performance.now() - sentAt))),
    );
    try {
      await up([record(1, 'handoff', handoff('c'))]);
      await pause(500);
      took.length = 0;
      const turns = some(100, share);
      for (let n = 0; n < turns; n++) {
        sentAt = performance.now();
        await up([record(n + 2, 'turn', turn(`t${n}`, 'session-of-c'))]);
        await pause(everyMs);
      }
      await pause(500);
      say(`${took.length} of ${turns * count} heard`);
      if (took.length < turns * count) throw new Error(`Of ${turns * count} pieces of news ${took.length} came.`);
      return [
        { metric: 'updateP50Ms', says: `Told → heard at ${count} consoles, p50`, value: median(took), unit: 'ms' },
        {
          metric: 'updateP99Ms',
          says: `Told → heard at ${count} consoles, p99`,
          value: quantile(took, 0.99),
          unit: 'ms',
          goal: { atMost: 250 },
        },
      ];
    } finally {
      for (const stream of streams) stream();
      await hub.end();
    }
  },
};

/** Listens to a stream of events. @returns how to leave */
function listen(url: string, token: string, onCase: () => void): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const sent = get(url, { headers: { authorization: `Bearer ${token}` } }, (response) => {
      let rest = '';
      response.setEncoding('utf8').on('data', (text: string) => {
        const lines = (rest + text).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) if (line === 'event: case') onCase();
      });
      response.on('error', () => {});
      resolve(() => sent.destroy());
    });
    sent.once('error', reject);
  });
}
