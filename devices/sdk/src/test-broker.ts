import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { Aedes } from 'aedes';

export type Heard = { topic: string; text: string; json: Record<string, unknown>; retain: boolean };

/** A real MQTT broker on a free loopback port, for tests: it keeps what it hears and can be cut off and brought back. */
export async function startBroker({ username, password }: { username?: string; password?: string } = {}) {
  const broker = await Aedes.createBroker({
    authenticate: (_client, user, pass, done) => {
      const fits = username === undefined || (user === username && pass?.toString() === password);
      done(fits ? null : Object.assign(new Error('no'), { returnCode: 4 }), fits);
    },
  });
  const heard: Heard[] = [];
  broker.on('publish', (packet, client) => {
    const byWill = packet.topic.endsWith('/presence');
    if (!client && !byWill) return;
    const text = packet.payload.toString();
    heard.push({ topic: packet.topic, text, json: text.startsWith('{') ? JSON.parse(text) : {}, retain: packet.retain });
  });
  const sockets = new Set<Socket>();
  let server: Server;
  const listen = (port: number) =>
    new Promise<number>((resolve) => {
      server = createServer((socket) => {
        sockets.add(socket);
        socket.on('close', () => sockets.delete(socket));
        broker.handle(socket);
      });
      server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
    });
  const port = await listen(0);
  const cut = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });

  return {
    url: `mqtt://127.0.0.1:${port}`,
    heard,
    on: (channel: string) => heard.filter(({ topic }) => topic.endsWith(`/${channel}`)),
    publish: (topic: string, body: unknown) =>
      new Promise<void>((resolve) =>
        broker.publish(
          { cmd: 'publish', topic, payload: typeof body === 'string' ? body : JSON.stringify(body), qos: 1, dup: false, retain: false },
          () => resolve(),
        ),
      ),
    /** Refuses and drops every connection, as a broker that died. */
    cut,
    back: () => listen(port),
    async stop() {
      await cut();
      await new Promise<void>((resolve) => broker.close(() => resolve()));
    },
  };
}

/** Resolves when `holds` is true; rejects after `within` ms. */
export async function until(holds: () => boolean, within = 8_000): Promise<void> {
  const end = Date.now() + within;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`not within ${within} ms: ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
