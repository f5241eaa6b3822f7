import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { Aedes, type AedesPublishPacket } from 'aedes';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { config as edgeConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { createOuterBroker, type OuterBroker } from './outer-broker.ts';

type State = { online: boolean; timestamp: number };

/** What a plant's nodes hear of their host, at a broker that belongs to the plant. */
describe('the state of a Sparkplug host at the site’s own broker', () => {
  let broker: Aedes;
  let server: Server;
  let outer: OuterBroker;
  let clock = 1_795_341_600_000;
  const sockets: Socket[] = [];
  const told: State[] = [];
  const retained: boolean[] = [];

  beforeEach(async () => {
    told.length = 0;
    retained.length = 0;
    broker = await Aedes.createBroker();
    broker.on('publish', ({ topic, payload, retain }: AedesPublishPacket) => {
      if (topic !== 'spBv1.0/STATE/wayside') return;
      told.push(JSON.parse(payload.toString()) as State);
      retained.push(retain);
    });
    server = createServer((socket) => {
      sockets.push(socket);
      broker.handle(socket);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const brokerUrl = `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`;
    outer = createOuterBroker({
      config: edgeConfig.parse({ brokerUrl, sparkplugHost: 'wayside' }),
      edge: 'edge_1',
      log: createLog('silent', 'test'),
      now: () => clock++,
      onMessage: async () => {},
    });
    await outer.start();
    await expect.poll(() => told.length, { timeout: 20_000 }).toBe(1);
  });
  afterEach(async () => {
    await outer.stop();
    await new Promise<void>((done) => broker.close(done));
    await new Promise((done) => server.close(done));
  });

  it('is online from the first moment, retained for who comes later', () => {
    expect(told[0]?.online).toBe(true);
    expect(retained).toEqual([true]);
  });

  it('becomes offline by its last will when the line breaks, at the time of the birth it ends, and online anew', async () => {
    sockets.at(-1)?.destroy();
    await expect.poll(() => told.length, { timeout: 20_000 }).toBe(3);
    const [born, will, again] = told as [State, State, State];
    expect(will).toEqual({ online: false, timestamp: born.timestamp });
    expect(again.online).toBe(true);
    expect(again.timestamp).toBeGreaterThan(born.timestamp);
    // And the will of the new connection is of the new birth: a late old one would be told apart by its time.
    sockets.at(-1)?.destroy();
    await expect.poll(() => told.length, { timeout: 20_000 }).toBeGreaterThan(3);
    expect(told[3]).toEqual({ online: false, timestamp: again.timestamp });
  });

  it('says goodbye itself when it stops', async () => {
    await outer.stop();
    expect(told.map(({ online }) => online)).toEqual([true, false]);
    expect(retained.at(-1)).toBe(true);
  });
});
