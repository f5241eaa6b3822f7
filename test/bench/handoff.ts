import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../support/free-port.ts';
import { type Wayside, wayside } from '../support/processes.ts';
import { client } from '../support/site.ts';
import { startEdge } from './edge-process.ts';
import { type Bench, median, pause, quantile, type Row, some, timed, waitFor } from './measure.ts';

type HubReady = { url: string; token: string; enrolmentCode: string };

/** How long the hub is away in each round: long enough for the edge to have failed a few times and to wait between attempts. */
const awayMs = 3_000;

/** "Talk to a person": kept with no hub, and at the technician when the hub is there. */
export const handoff: Bench = {
  name: 'handoff',
  title: 'Talk to a person: with the hub away, and after it came back',
  async run({ share, say }): Promise<Row[]> {
    const temporary = await mkdtemp(join(tmpdir(), 'wayside-bench-'));
    const hubFlags = ['hub', '--data', join(temporary, 'hub'), '--port', String(await freePort()), '--log-level', 'error'];
    let hub: Wayside<HubReady> = await wayside<HubReady>(hubFlags);
    const edge = await startEdge(temporary, ['--hub-url', hub.ready.url, '--enrol', hub.ready.enrolmentCode]);
    const technician = client(
      () => hub.ready.url,
      () => hub.ready.token,
    );
    const status = () => edge.operator.get('/v1/status');
    const ask = async () => {
      const { session } = await edge.operator.post('/v1/sessions', { channel: 'api', locale: 'en' });
      await edge.operator.post(`/v1/sessions/${session}/turns`, { text: 'Why did the warning light come on?' });
      return timed(() => edge.operator.post(`/v1/sessions/${session}/handoff`));
    };
    const [kept, seen]: [number[], number[]] = [[], []];
    try {
      await waitFor('the link', async () => (await status()).hub.state === 'connected', 20_000);
      for (let round = 0; round < some(5, share); round++) {
        await hub.stop();
        await waitFor('the hub to be missed', async () => (await status()).hub.state === 'offline', 30_000);
        say(`round ${round + 1}: the hub is away`);
        for (let n = 0; n < some(20, share); n++) kept.push((await ask()).ms);
        await pause(awayMs * Math.min(1, 2 * share));
        const { case: last } = (await ask()).got;
        hub = await wayside<HubReady>(hubFlags);
        seen.push((await timed(() => waitFor('the case', () => technician.get(`/v1/cases/${last}`), 60_000))).ms);
        await waitFor('an empty outbox', async () => (await status()).hub.waiting === 0, 60_000);
      }
      return [
        { metric: 'acknowledgedP50Ms', says: 'Acknowledged with no hub, p50', value: median(kept), unit: 'ms' },
        {
          metric: 'acknowledgedP95Ms',
          says: `Acknowledged with no hub (${kept.length} times), p95`,
          value: quantile(kept, 0.95),
          unit: 'ms',
          goal: { atMost: 100 },
        },
        { metric: 'capsuleP50Ms', says: 'Hub up → the newest capsule at the technician, p50', value: median(seen), unit: 'ms' },
        {
          metric: 'capsuleMaxMs',
          says: `Hub up → the newest capsule at the technician, slowest of ${seen.length}`,
          value: Math.max(...seen),
          unit: 'ms',
          goal: { atMost: 2_000 },
        },
      ];
    } finally {
      await edge.stop();
      await hub.stop();
      await rm(temporary, { recursive: true, force: true });
    }
  },
};
