import { contractVersion } from '@wayside/contract';
import { call, handoff, record, turn } from '../../../cloud/hub/src/scenario.ts';
import { type Bench, median, pause, type Row, some } from '../measure.ts';
import { type Running, startPeer } from '../peers/start-peer.ts';
import { startFilledHub } from './filled-hub.ts';
import { signed, signerOf } from './signing.ts';

type Heard = { heard: number; p50: number; p99: number };

/** One piece of news to everybody who listens, beside the loop that is commonly written, in turns. */
export const cast: Bench = {
  name: 'cast',
  title: 'A cast: an edge tells one turn, thousands listen',
  async run({ share, say }): Promise<Row[]> {
    const count = some(5_000, share);
    const hub = await startFilledHub({ edges: 1 });
    const loop = await startPeer<{ url: string }>('ws-loop.ts');
    const { url, token } = hub.ready;
    let seq = 0;
    const up = async (kind: string, body: unknown) => {
      const raw = JSON.stringify({ version: contractVersion, epoch: 'e', records: [record(++seq, kind, body)] });
      const headers = signed(signerOf(0), { method: 'POST', path: '/v1/sync/up', body: raw });
      const { status } = await call(url, 'POST', '/v1/sync/up', { raw, headers });
      if (status !== 200) throw new Error(`a turn was answered ${status}`);
    };
    const tell = () => up('turn', turn(`t${seq}`, 'session-of-c'));
    const crowds: Running<unknown>[] = [];
    const crowd = async (...args: string[]) => {
      const one = await startPeer('cast-crowd.ts', args);
      crowds.push(one);
      return one;
    };
    const round = async (who: Running<unknown>, act: () => Promise<unknown>) => {
      who.say('round');
      await who.hear();
      await act();
      const heard = await who.hear<Heard>();
      if (heard.heard < count) throw new Error(`Of ${count} who listen ${heard.heard} heard.`);
      return heard.p99;
    };
    try {
      await up('handoff', handoff('c'));
      const [ours, theirs] = [await crowd(url, 'events', token, String(count)), await crowd(loop.ready.url, 'ws', '', String(count))];
      say(`${count} listen at each`);
      await pause(1_000);
      const [cast, looped, blocked, blockedIdle]: number[][] = [[], [], [], []] as number[][];
      for (let n = 0; n < some(20, share); n++) {
        looped!.push(await round(theirs, () => fetch(loop.ready.url, { method: 'POST' }).then((r) => r.text())));
        await longestBlock(url, token);
        await pause(200);
        blockedIdle!.push(await longestBlock(url, token));
        cast!.push(await round(ours, tell));
        blocked!.push(await longestBlock(url, token));
      }
      say('one of them stalls');
      await crowd(url, 'events', token, '1', '1');
      const stalled: number[] = [];
      for (let n = 0; n < some(20, share); n++) {
        // So much news that its socket is full, told without waiting for who hears.
        for (let more = 0; more < 20; more++) await tell();
        await pause(100);
        stalled.push(await round(ours, tell));
      }
      return [
        {
          metric: 'p99Ms',
          says: `Told → heard by ${count}, p99`,
          value: median(cast!),
          unit: 'ms',
          peers: [{ is: '`ws.send` in a loop', value: median(looped!), as: 'toLoop', goal: { atMost: 0.8 } }],
        },
        {
          metric: 'stalledP99Ms',
          says: 'The same while one of them reads nothing',
          value: median(stalled),
          unit: 'ms',
          peers: [{ is: 'nobody stalls', value: median(cast!), as: 'stalledToNone', goal: { atMost: 1.1 } }],
        },
        {
          metric: 'blockedMs',
          says: 'Longest the event loop was held up by a cast',
          value: median(blocked!),
          unit: 'ms',
          goal: { atMost: 5 },
          peers: [{ is: 'at rest', value: median(blockedIdle!), as: 'blockedToRest' }],
        },
      ];
    } finally {
      await Promise.all([...crowds.map((one) => one.stop()), loop.stop()]);
      await hub.end();
    }
  },
};

/** The event loop's lag is sampled every 10 ms; what is beyond is how long it was held up, since it was asked last. */
async function longestBlock(url: string, token: string): Promise<number> {
  const { body } = await call<string>(url, 'GET', '/metrics', { token });
  const longest = Number(/^nodejs_eventloop_lag_max_seconds (\S+)$/m.exec(body)?.[1]);
  return Math.max(0.001, 1_000 * longest - 10);
}
