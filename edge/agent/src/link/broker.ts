import { createServer, type Server } from 'node:net';
import { maxPayload, WaysideError } from '@wayside/protocol';
import { Aedes, type AuthenticateError, type AuthorizeForwardHandler, type Client } from 'aedes';
import mqttPacket from 'mqtt-packet';
import type { Log } from '../log.ts';
import type { DeviceKeys } from './device-keys.ts';
import { type Credentials, connectLimits, createDoorKeeper, deviceLimits, type SiteKeyFrom } from './door-keeper.ts';
import { GuardedSocket, type House } from './guarded-socket.ts';
import { createListeners } from './listeners.ts';
import { createPace } from './pace.ts';
import { packetLimits } from './packets.ts';
import { mayGet, mayHear, maySay } from './scope.ts';

export type { Credentials } from './door-keeper.ts';

export type BrokerOptions = {
  host: string;
  port: number;
  /** The site's own key, which opens everything. */
  credentials: Credentials;
  /** From where it is good; from this machine alone when absent. */
  siteKeyFrom?: SiteKeyFrom;
  /** The secrets of the devices. */
  keys?: Pick<DeviceKeys, 'check'>;
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
  publish(topic: string, payload: string | Uint8Array, how?: { retain?: boolean; once?: boolean }): Promise<void>;
  devices(): number;
  /** Ends the connections of a device whose secret is good no more. */
  cut(username: string): void;
};

/** CONNACK with return code 0x02. */
const identifierRejected = Buffer.of(0x20, 2, 0, 2);

/** The embedded MQTT 3.1.1 broker: aedes behind the framing guard; each device by its own secret, and to its own topics. */
export function createBroker(options: BrokerOptions): Broker {
  const { credentials, log } = options;
  const there = new Set<GuardedSocket>();
  const listeners = createListeners();
  let server: Server | undefined;
  let aedes: Aedes | undefined;

  const keeper = createDoorKeeper({
    site: credentials,
    siteKeyFrom: options.siteKeyFrom ?? 'here',
    keys: options.keys,
    now: () => performance.now(),
  });
  const guardOf = (client: Client) => client.conn as GuardedSocket;
  const asking = new WeakMap<Client, { password?: unknown }>();

  const authenticate = (
    client: Client,
    username: string | undefined,
    password: Buffer | undefined,
    done: (e: AuthenticateError | null, ok: boolean | null) => void,
  ) => {
    const found = keeper.enter(client.id, username, password, guardOf(client).from);
    // The broker keeps what it was asked with for as long as the device is there: not the secret, nor the bytes it came in.
    const packet = asking.get(client);
    if (packet) packet.password = undefined;
    asking.delete(client);
    if (typeof found === 'string') {
      log.warn({ client: client.id, username: username?.slice(0, 80) }, `device not let in: ${found}`);
      return done(null, false);
    }
    guardOf(client).entered = found;
    done(null, true);
  };

  /** Whatever ended it, its place is free again; not by an event of the broker, which knows only who was fully let in. */
  function leave(guarded: GuardedSocket): void {
    there.delete(guarded);
    const { client, entered } = guarded;
    if (client && entered) keeper.left(client.id, entered, !client.clean || isThere(client.id));
  }

  function isThere(id: string): boolean {
    for (const { client, entered } of there) if (entered && client?.id === id) return true;
    return false;
  }

  /** Why this message is not taken. Wills pass here as well, in the moment they are said. */
  function refusal(client: Client | null, topic: string, bytes: number): string | undefined {
    const who = client && guardOf(client).entered;
    if (!who || !maySay(who.scope, topic)) return `${client?.id} may not publish on ${topic}`;
    if (bytes > maxPayload) return `${client?.id} published ${bytes} bytes, the limit is ${maxPayload}`;
    return keeper.spends(who) ? undefined : `${client?.id} sends more than ${deviceLimits.perSecond} messages a second`;
  }

  const authorizePublish = (
    client: Client | null,
    packet: { topic: string; payload: Buffer | string },
    done: (e?: Error | null) => void,
  ) => {
    const { topic } = packet;
    const payload = typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload;
    const why = refusal(client, topic, payload.length);
    if (why !== undefined) return done(new Error(why));
    // Observed order in aedes 1.2: this hook → PUBACK → delivery. So what must be stored is stored here.
    options.onMessage(topic, payload, client?.id ?? '').then(
      () => done(null),
      (error) => done(error instanceof Error ? error : new Error(String(error))),
    );
  };

  const house: House = {
    limits: packetLimits,
    pace: createPace(),
    lane: {
      isOpen: () => !listeners.any(),
      take(message, client) {
        const why = refusal(client, message.topic, message.payload.length);
        return why === undefined ? options.onMessage(message.topic, message.payload, client.id) : Promise.reject(new Error(why));
      },
    },
    onRefused: (guarded, why) => log.warn({ from: guarded.from }, `MQTT connection cut: ${why}`),
    onGone: leave,
  };

  return {
    async start() {
      // Else the first packet that is written makes 65,536 buffers, one for each number there can be: 7 MB, to save one of two bytes now and then.
      Object.assign(mqttPacket.writeToStream, { cacheNumbers: false });
      aedes = await Aedes.createBroker({
        preConnect: (client, packet, done) => {
          // MQTT 3.1.1 §3.1.3.1: who has no name has no session that could be kept. The broker would keep one that nobody can come back to.
          if (packet.clientId === '' && !packet.clean) {
            client.conn.write(identifierRejected);
            return done(new Error('a session that is to be kept needs a client id'), false);
          }
          asking.set(client, packet);
          done(null, true);
        },
        authenticate: authenticate as never,
        authorizePublish: authorizePublish as never,
        authorizeSubscribe: (client, subscription, done) => {
          const who = guardOf(client).entered;
          const allowed = who !== undefined && mayHear(who.scope, subscription.topic);
          if (allowed) listeners.add(client.id, subscription.topic);
          if (!allowed) log.warn({ client: client.id, topic: subscription.topic }, 'subscription refused: it would hear more than its own');
          // MQTT 3.1.1 §3.9.3: a refused subscription is answered 0x80; the client stays connected.
          done(null, allowed ? subscription : null);
        },
        authorizeForward: ((client, packet) => {
          const who = guardOf(client).entered;
          return who && mayGet(who.scope, packet.topic) ? packet : null;
        }) satisfies AuthorizeForwardHandler,
        connectTimeout: connectLimits.withinMs,
        maxClientsIdLength: connectLimits.clientId,
        queueLimit: 1_000,
      });
      aedes.on('unsubscribe', (filters, client) => listeners.remove(client.id, filters));
      aedes.on('clientDisconnect', (client) => client.clean && listeners.forget(client.id));
      aedes.on('clientReady', (client) => {
        // MQTT 5 packets carry properties that the lane does not read.
        if (client.version !== 5) guardOf(client).openLane();
      });
      aedes.on('clientError', (client, error) => log.warn({ client: client.id, err: error.message }, 'device connection ended'));
      aedes.on('connectionError', (_, error) => log.warn({ err: error.message }, 'connection refused'));
      server = createServer((socket) => {
        socket.setNoDelay(true);
        const guarded = new GuardedSocket(socket, house);
        there.add(guarded);
        aedes?.handle(guarded);
      });
      return { port: await listen(server, options.port, options.host) };
    },

    async stop() {
      await new Promise<void>((resolve) => (aedes ? aedes.close(resolve) : resolve()));
      for (const guarded of there) guarded.destroy();
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

    cut(username) {
      for (const { client, entered } of there) {
        if (!client || entered?.username !== username) continue;
        // What waits for it goes with it.
        client.clean = true;
        client.close();
      }
      keeper.forget(username);
    },
  };
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
