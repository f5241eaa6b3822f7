import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import { backoff } from './backoff.ts';
import type { Buffer } from './buffer.ts';
import type { Message } from './types.ts';

export type ConnectionOptions = {
  url: string;
  /** MQTT client options that say who we are and what the last will is. */
  client: IClientOptions;
  buffer: Buffer;
  /** The connection is gone: what was on its way waits again. */
  onLost: () => void;
  /** All that waited was acknowledged. */
  onDrained: () => void;
  /** Messages to say anew, retained, on each connection. */
  greeting: { topic: string; payload: string }[];
  /** What is said, retained, on a graceful stop. */
  farewell: { topic: string; payload: string };
  subscribe: string[];
  hear: (topic: string, payload: Uint8Array) => void;
  warn: (message: string) => void;
  random: () => number;
};

/**
 * Messages sent and not yet acknowledged. The edge acknowledges together what it stores together, up to 60 ms of it, so a device that waited with fewer
 * would send the slower for it; with more, all would be sent twice after a break.
 */
const window = 100;
const farewellMs = 2_000;

/** A connection that lasted so long (ms) was a good one: the next failure counts as the first. */
const settledMs = 10_000;
const takenOver = 'The edge drops this device as soon as it connects. Is another device using the same id? Give each its own.';

/**
 * Keeps one MQTT connection to the edge and empties the buffer into it. A message leaves the buffer when the broker has acknowledged it
 * (MQTT 3.1.1 §4.3.2, QoS 1); what was on its way when the connection broke is sent again.
 */
export function createConnection(options: ConnectionOptions) {
  const { url, client: identity, buffer, greeting, farewell, subscribe, hear, warn, random } = options;
  let client: MqttClient | undefined;
  let up = false;
  let wanted = false;
  let failures = 0;
  let upSince: number | undefined;
  let sent = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let leave: (() => void) | undefined;
  const flying = new Set<Message>();

  const pump = () => {
    while (up && client && flying.size < window) {
      const message = buffer.take();
      if (!message) break;
      flying.add(message);
      const mine = client;
      mine.publish(message.topic, message.payload, { qos: 1 }, (error) => {
        // An old connection's late word: its messages went back into the buffer when it closed.
        if (client !== mine || !flying.delete(message)) return;
        if (error) buffer.putBack([message]);
        else sent++;
        if (!error) pump();
      });
    }
    if (!up || buffer.length > 0 || flying.size > 0) return;
    options.onDrained();
    leave?.();
  };

  /** One client per connection: mqtt.js's own retry store would be a second, unbounded buffer. */
  const open = (settled?: () => void) => {
    const mine = mqtt.connect(url, { ...identity, reconnectPeriod: 0, clean: false, resubscribe: false, queueQoSZero: false });
    client = mine;
    let closed = false;
    mine.on('message', (topic, payload) => hear(topic, payload));
    mine.on('error', (error) => warn(`The connection to ${url} failed: ${error.message}. It is tried again by itself.`));
    mine.on('connect', () => {
      upSince = performance.now();
      up = true;
      // Heard before seen: a command sent the moment we are online must find us listening.
      mine.subscribe(subscribe, { qos: 1 }, (error) => {
        if (error && up) warn(`The edge does not let this device listen for commands: ${error.message}`);
      });
      for (const { topic, payload } of greeting) mine.publish(topic, payload, { qos: 1, retain: true });
      pump();
      settled?.();
    });
    mine.on('close', () => {
      if (closed || client !== mine) return;
      closed = true;
      up = false;
      client = undefined;
      buffer.putBack([...flying]);
      flying.clear();
      options.onLost();
      mine.end(true);
      settled?.();
      if (!wanted) return;
      const lasted = upSince === undefined ? 0 : performance.now() - upSince;
      if (lasted >= settledMs) failures = 0;
      // MQTT 3.1.1 §3.1.4: of two clients with one id the broker drops the older, and so on in turns.
      if (++failures === 3 && upSince !== undefined) warn(takenOver);
      upSince = undefined;
      timer = setTimeout(open, backoff(failures, random));
    });
  };

  return {
    /** Begins to connect and goes on trying. Resolves when the first attempt has ended, well or not. */
    start(): Promise<void> {
      if (wanted) return Promise.resolve();
      wanted = true;
      return new Promise((resolve) => open(resolve));
    },
    /** Sends what waits, says goodbye and closes; within two seconds in all, whatever the edge does. */
    async stop(): Promise<void> {
      wanted = false;
      clearTimeout(timer);
      const leaving = client;
      if (leaving && up) {
        const goodbye = new Promise<void>((resolve) => {
          leave = () =>
            leaving.publish(farewell.topic, farewell.payload, { qos: 1, retain: true }, () => leaving.end(false, {}, () => resolve()));
          pump();
        });
        let late: ReturnType<typeof setTimeout> | undefined;
        await Promise.race([goodbye, new Promise((resolve) => (late = setTimeout(resolve, farewellMs)))]);
        clearTimeout(late);
        leave = undefined;
      }
      if (leaving) await new Promise<void>((resolve) => leaving.end(true, {}, () => resolve()));
      client = undefined;
      up = false;
      buffer.putBack([...flying]);
      flying.clear();
      if (buffer.length > 0) options.onLost();
    },
    pump,
    get up() {
      return up;
    },
    get sent() {
      return sent;
    },
    /** Messages sent and not yet acknowledged. */
    get flying() {
      return flying.size;
    },
  };
}
