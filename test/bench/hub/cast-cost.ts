import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import { createAudience } from '../../../cloud/hub/src/api/audience.ts';
import type { HubEvent } from '../../../cloud/hub/src/api/types.ts';
import { type Bench, median, pause, type Row, some } from '../measure.ts';
import { type Running, startPeer } from '../peers/start-peer.ts';

const news: HubEvent = { event: 'case', data: { case: 'c' } };
const frame = Buffer.from(`event: ${news.event}\ndata: ${JSON.stringify(news.data)}\n\n`);
const tell = JSON.stringify(news);

const listenOn = async (server: Server): Promise<string> => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

/**
 * What a cast costs whoever casts, with nothing told, stored or asked before it: the hub's, the loop of `ws.send`, and the least Node can do, a loop of
 * `socket.write` of what is ready made. Processor time of this process, in turns: how long it takes until all heard is the `cast` set.
 */
export const castCost: Bench = {
  name: 'cast-cost',
  title: 'What a cast costs for each who listens',
  async run({ share }): Promise<Row[]> {
    const count = some(5_000, share);
    const [loopServer, streams] = [createServer(), [] as Socket[]];
    const loop = new WebSocketServer({ server: loopServer, perMessageDeflate: false });
    const streamServer = createServer((request, response) => {
      response.removeHeader('transfer-encoding');
      response.writeHead(200, { connection: 'close' });
      response.write(': here\n\n');
      streams.push(request.socket);
    });
    const crowds: Running<unknown>[] = [];
    try {
      const crowd = async (url: string, kind: 'ws' | 'events') => {
        const one = await startPeer('cast-crowd.ts', [url, kind, '', String(count)]);
        crowds.push(one);
        return one;
      };
      const clients = await crowd(await listenOn(loopServer), 'ws');
      const listeners = await crowd(await listenOn(streamServer), 'events');
      const asked = { tenants: async () => new Map(), gone: async () => new Set<never>() };
      const audience = createAudience(asked, (error) => {
        throw error;
      });
      for (const socket of streams)
        audience.join({
          secret: 's',
          hash: 'h',
          technician: 'one',
          tenant: '*',
          write: (text) => socket.write(text),
          end: () => socket.end(),
        });
      const ways = {
        ours: { who: listeners, act: () => audience.tell(news), took: [] as number[] },
        bare: { who: listeners, act: () => streams.forEach((socket) => void socket.write(frame)), took: [] as number[] },
        loop: { who: clients, act: () => loop.clients.forEach((socket) => void socket.send(tell)), took: [] as number[] },
      };
      for (let n = 0; n < some(40, share); n++)
        for (const { who, act, took } of Object.values(ways)) {
          who.say('round');
          await who.hear();
          const began = process.cpuUsage();
          act();
          await who.hear();
          const { user, system } = process.cpuUsage(began);
          // Microseconds for each are milliseconds for a thousand.
          took.push((user + system) / count);
          await pause(30);
        }
      audience.part();
      return [
        {
          metric: 'thousandMs',
          says: `Processor time of a cast for 1,000 of ${count} who listen`,
          value: median(ways.ours.took),
          unit: 'ms',
          peers: [
            { is: '`ws.send` in a loop', value: median(ways.loop.took), as: 'toLoop' },
            { is: 'a bare `socket.write` in a loop', value: median(ways.bare.took), as: 'toBareWrite' },
          ],
        },
      ];
    } finally {
      await Promise.all(crowds.map((one) => one.stop()));
      for (const client of loop.clients) client.terminate();
      for (const server of [loopServer, streamServer]) {
        server.close();
        server.closeAllConnections();
      }
    }
  },
};
