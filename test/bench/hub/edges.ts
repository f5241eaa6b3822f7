import { residentMb } from '../edge-process.ts';
import { type Bench, pause, type Row, some } from '../measure.ts';
import { startPeer } from '../peers/start-peer.ts';
import { startFilledHub } from './filled-hub.ts';
import { liveEdges, startLive } from './live.ts';

type Crowd = { connected: number; connectSeconds: number };

/** Edges that hold their socket open and have nothing to tell, and all of them coming back at once. */
export const edges: Bench = {
  name: 'edges',
  title: 'Connected edges: each holds its wake socket',
  async run({ share, say }): Promise<Row[]> {
    const count = some(10_000, share);
    // The last of them are the ones that go on meanwhile.
    const hub = await startFilledHub({ edges: count + liveEdges });
    const live = startLive(hub.ready.url, count);
    try {
      const before = await residentMb(hub.process.pid!);
      const crowd = await startPeer<Crowd>('edge-crowd.ts', [hub.ready.url, String(count)]);
      say(`${crowd.ready.connected} connected`);
      await pause(2_000 * share);
      const bytes = (1e6 * ((await residentMb(hub.process.pid!)) - before)) / crowd.ready.connected;
      await crowd.stop();
      await pause(5_000 * share);
      live.forget();
      await pause(5_000 * share);
      const calm = live.p99();
      live.forget();
      const again = await startPeer<Crowd>('edge-crowd.ts', [hub.ready.url, String(count)]);
      const busy = live.p99();
      await again.stop();
      return [
        { metric: 'connected', says: `Edges connected, of ${count}`, value: crowd.ready.connected, unit: '', goal: { atLeast: count } },
        { metric: 'bytesPerIdle', says: 'Resident memory of the hub for each', value: bytes, unit: 'bytes', goal: { atMost: 16_384 } },
        {
          metric: 'backSeconds',
          says: 'All gone at once, until all are back',
          value: again.ready.connectSeconds,
          unit: 's',
          goal: { atMost: 10 },
        },
        {
          metric: 'liveP99Ms',
          says: `A record of ${liveEdges} others stored meanwhile, p99`,
          value: busy,
          unit: 'ms',
          peers: [{ is: 'at rest', value: calm, as: 'liveToRest', goal: { atMost: 2 } }],
        },
      ];
    } finally {
      await live.stop();
      await hub.end();
    }
  },
};
