import { timingSafeEqual } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import { maxPayload, parseTopic, WaysideError } from '@wayside/protocol';
import { Aedes, type AuthenticateError, type AuthorizeForwardHandler, type Client } from 'aedes';
import type { Log } from '../log.ts';
import { GuardedSocket, type Lane } from './guarded-socket.ts';
import { createListeners } from './listeners.ts';
import { packetLimits } from './packets.ts';

export type Credentials = { username: string; password: string };

export type BrokerOptions = {
  host: string;
  port: number;
  credentials: Credentials;
  log: Log;
  /**
   * Called with every device message before it is acknowledged: the PUBACK goes out when this resolves, so what is acknowledged
   * is stored. A message it cannot take (disk full) must reject: the device keeps it and sends it again.
   */
  onMessage(topic: string, payload: Uint8Array, client: string): Promise<void>;
};

export type Broker = {
  start(): Promise<{ port: number }>;
  stop(): Promise<void>;
  /** Sends to devices: QoS 1; or, `once`, at most once and only to who is there now (QoS 0), as a command must be. */
  publish(topic: string, payload: string, how?: { retain?: boolean; once?: boolean }): Promise<void>;
  devices(): number;
};

/** The embedded MQTT 3.1.1 broker: aedes behind the framing guard, a password, and an allow-list of topics. */
export function createBroker(options: BrokerOptions): Broker {
  const { credentials, log } = options;
  const sockets = new Set<Socket>();
  const listeners = createListeners();
  let server: Server | undefined;
  let aedes: Aedes | undefined;

  const authenticate = (
    _: Client,
    username: string | undefined,
    password: Buffer | undefined,
    done: (e: AuthenticateError | null, ok: boolean | null) => void,
  ) => {
    const ok = username === credentials.username && sameSecret(password, credentials.password);
    done(null, ok);
  };

  const authorizePublish = (
    client: Client | null,
    packet: { topic: string; payload: Buffer | string },
    done: (e?: Error | null) => void,
  ) => {
    const topic = packet.topic;
    if (topic.startsWith('$')) return done(new Error(`${client?.id} may not publish on ${topic}`));
    const ours = parseTopic(topic);
    // Only the edge commands: a device that could speak on another's command topic could move it.
    if (ours?.channel === 'command') return done(new Error(`${client?.id} may not command`));
    const payload = typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload;
    if (payload.length > maxPayload) return done(new Error(`${client?.id} published ${payload.length} bytes, the limit is ${maxPayload}`));
    // Observed order in aedes 1.2: this hook → PUBACK → delivery. So what must be stored is stored here.
    options.onMessage(topic, payload, client?.id ?? '').then(
      () => done(null),
      (error) => done(error instanceof Error ? error : new Error(String(error))),
    );
  };

  const laneOf = (client: string): Lane => ({
    open: () => !listeners.any(),
    take: ({ topic, payload }) => options.onMessage(topic, payload, client),
  });

  return {
    async start() {
      aedes = await Aedes.createBroker({
        authenticate: authenticate as never,
        authorizePublish: authorizePublish as never,
        authorizeSubscribe: (client, subscription, done) => {
          const allowed = mayHear(subscription.topic);
          if (allowed) listeners.add(client.id, subscription.topic);
          if (!allowed) log.warn({ client: client.id, topic: subscription.topic }, 'subscription refused: it would hear more than its own');
          // MQTT 3.1.1 §3.9.3: a refused subscription is answered 0x80; the client stays connected.
          done(null, allowed ? subscription : null);
        },
        authorizeForward: ((_client, packet) => packet) satisfies AuthorizeForwardHandler,
        connectTimeout: 10_000,
        maxClientsIdLength: 128,
        queueLimit: 1_000,
      });
      aedes.on('unsubscribe', (filters, client) => listeners.remove(client.id, filters));
      aedes.on('clientDisconnect', (client) => client.clean && listeners.forget(client.id));
      aedes.on('clientReady', (client) => {
        // MQTT 5 packets carry properties that the lane does not read.
        if (client.version !== 5) (client.conn as GuardedSocket).openLane(laneOf(client.id));
      });
      aedes.on('clientError', (client, error) => log.warn({ client: client.id, err: error.message }, 'device connection ended'));
      aedes.on('connectionError', (_, error) => log.warn({ err: error.message }, 'connection refused'));
      server = createServer((socket) => {
        sockets.add(socket);
        socket.on('close', () => sockets.delete(socket));
        socket.setNoDelay(true);
        const guarded = new GuardedSocket(socket, packetLimits, (why) =>
          log.warn({ from: socket.remoteAddress }, `MQTT connection cut: ${why}`),
        );
        // The broker listens for errors on its client; before CONNECT nobody else does.
        guarded.on('error', () => {});
        aedes?.handle(guarded);
      });
      return { port: await listen(server, options.port, options.host) };
    },

    async stop() {
      await new Promise<void>((resolve) => (aedes ? aedes.close(resolve) : resolve()));
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
    },

    publish: (topic, payload, { retain = false, once = false } = {}) =>
      new Promise((resolve, reject) => {
        if (!aedes) return reject(new WaysideError('unavailable', 'The broker is not running.'));
        aedes.publish({ cmd: 'publish', topic, payload: Buffer.from(payload), qos: once ? 0 : 1, retain, dup: false }, (error) =>
          error ? reject(error) : resolve(),
        );
      }),

    devices: () => aedes?.connectedClients ?? 0,
  };
}

/**
 * Our own devices hear below `wayside/v1/things/`; foreign ones their own trees (`zigbee2mqtt/…/set`, `homeassistant/status`). Nobody
 * hears everything: a filter that begins with a wildcard would, and `$` topics are the broker's.
 */
const mayHear = (filter: string) => filter.startsWith('wayside/v1/things/') || !/^(?:[+#$]|wayside(?:\/|$))/.test(filter);

/** Compares in constant time; lengths may differ. */
function sameSecret(given: Buffer | undefined, wanted: string): boolean {
  const expected = Buffer.from(wanted);
  if (!given || given.length !== expected.length) return false;
  return timingSafeEqual(given, expected);
}

/** Listens, or says in one sentence why not and what to do. */
export function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      const denied = error.code === 'EACCES';
      const why = taken ? 'is already in use' : denied ? 'may not be opened by this user' : `cannot be opened (${error.message})`;
      reject(
        new WaysideError('port-in-use', `Port ${port} on ${host} ${why}. Stop what uses it, or choose another port (see --help).`, {
          cause: error,
        }),
      );
    });
    server.listen(port, host, () => resolve((server.address() as { port: number }).port));
  });
}
