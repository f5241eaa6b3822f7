import {
  check,
  type Description,
  type DtcState,
  decode,
  description as descriptionSchema,
  dtc as dtcSchema,
  type Event,
  event as eventSchema,
  maxPayload,
  telemetry as telemetrySchema,
  thingId,
  topicOf,
  type Value,
  WaysideError,
} from '@wayside/protocol';
import { createBuffer } from './buffer.ts';
import { type CommandHandlers, createCommands } from './commands.ts';
import { createConnection } from './connection.ts';

export type DeviceOptions = {
  /** The edge's broker: `mqtt://host:1883`, or `mqtts:`, `ws:`, `wss:`. */
  url: string;
  username?: string;
  password?: string;
  /** The thing's id, 1 to 64 of A-Z a-z 0-9 . _ - */
  id: string;
  description: Description;
  commands?: CommandHandlers;
  /** Told of events on this device's own event topic, whoever published them: a button beside it, a hand that mended it. */
  onEvent?: (event: Event) => void;
  /** What is kept while the edge is away: at most `limit` messages (1,000) and `size` bytes (8 MiB). The oldest telemetry is dropped first. */
  buffer?: { limit?: number; size?: number };
  /** Hears, in plain words, what went wrong and is dealt with: a lost connection, a message that is no command. */
  onWarning?: (message: string) => void;
  /** Epoch ms. */
  now?: () => number;
  /** Uniform in [0, 1); spreads reconnections. */
  random?: () => number;
};

export type DeviceState = {
  connected: boolean;
  /** Messages not yet acknowledged by the edge. */
  buffered: number;
  /** Messages lost because the buffer was full. */
  dropped: number;
  /** Messages acknowledged by the edge. */
  sent: number;
};

export type Device = {
  /** Begins to connect and goes on trying until `stop`. Resolves when the first attempt has ended, well or not; see `state().connected`. */
  start(): Promise<void>;
  /** Sends what waits (at most two seconds), says `offline` and closes. */
  stop(): Promise<void>;
  /** Publishes readings. `at` is epoch ms, now when absent. @throws WaysideError `invalid` on NaN, Infinity or a bad name */
  publish(signals: Record<string, Value>, options?: { at?: number }): void;
  /** Publishes one of the device's own trouble codes, with what it measured at that moment. @throws WaysideError `invalid` */
  dtc(code: string, state: DtcState, options?: { freezeFrame?: Record<string, Value>; at?: number }): void;
  /** Publishes a button, a gesture, a door. @throws WaysideError `invalid` */
  event(kind: string, name: string, options?: { at?: number }): void;
  state(): DeviceState;
};

/**
 * A device that speaks Wayside's MQTT wire (design: `@wayside/protocol`). Creating it does nothing; `start` connects.
 * Everything published before or between connections waits in a bounded buffer, stamped with the time it was said.
 * @throws WaysideError `invalid` when the id, description or URL is not one
 */
export function createDevice(options: DeviceOptions): Device {
  const { now = Date.now, random = Math.random, onWarning: warn = () => {}, commands: handlers = {} } = options;
  const id = check(thingId, options.id, 'id');
  const description = check(descriptionSchema, options.description, 'description');
  const url = brokerUrl(options.url);
  const buffer = createBuffer({ limit: options.buffer?.limit ?? 1_000, size: options.buffer?.size ?? 8 * 1024 * 1024 });

  const say = (channel: 'telemetry' | 'dtc' | 'event' | 'outcome', body: unknown): void => {
    const payload = JSON.stringify(body);
    if (payload.length > maxPayload)
      throw new WaysideError('too-large', `This ${channel} is larger than ${maxPayload} bytes: publish fewer signals at once.`);
    buffer.add({ topic: topicOf(id, channel), payload, spare: channel === 'telemetry' });
    connection.pump();
  };
  const commands = createCommands({
    handlers,
    actions: description.actions ?? {},
    now,
    warn,
    answer: (outcome) => say('outcome', outcome),
  });
  const presence = topicOf(id, 'presence');
  const connection = createConnection({
    url,
    client: {
      clientId: `device-${id}`,
      ...(options.username === undefined ? {} : { username: options.username }),
      ...(options.password === undefined ? {} : { password: options.password }),
      protocolVersion: 4,
      keepalive: 30,
      connectTimeout: 10_000,
      will: { topic: presence, payload: 'offline', qos: 1, retain: true },
    },
    buffer,
    greeting: [
      { topic: topicOf(id, 'description'), payload: JSON.stringify(description) },
      { topic: presence, payload: 'online' },
    ],
    farewell: { topic: presence, payload: 'offline' },
    subscribe: [topicOf(id, 'command'), ...(options.onEvent ? [topicOf(id, 'event')] : [])],
    hear(topic, payload) {
      if (topic === topicOf(id, 'command')) return void commands.hear(payload);
      const heard = decode(eventSchema, payload);
      if (heard.ok) options.onEvent?.(heard.value);
    },
    warn,
    random,
  });

  return {
    start: () => connection.start(),
    async stop() {
      commands.stop();
      // The aborted commands' outcomes are said in this turn of the event loop and go out with the rest.
      await new Promise((resolve) => setTimeout(resolve, 0));
      await connection.stop();
    },
    publish(signals, { at = now() } = {}) {
      say('telemetry', check(telemetrySchema, { at, signals }, 'publish'));
    },
    dtc(code, state, { freezeFrame, at = now() } = {}) {
      say('dtc', check(dtcSchema, { at, code, state, ...(freezeFrame ? { freezeFrame } : {}) }, 'dtc'));
    },
    event(kind, name, { at = now() } = {}) {
      say('event', check(eventSchema, { at, kind, name }, 'event'));
    },
    state: () => ({
      connected: connection.up,
      buffered: buffer.length + connection.flying,
      dropped: buffer.dropped,
      sent: connection.sent,
    }),
  };
}

function brokerUrl(text: string): string {
  const protocol = URL.canParse(text) ? new URL(text).protocol : '';
  if (['mqtt:', 'mqtts:', 'ws:', 'wss:'].includes(protocol)) return text;
  throw new WaysideError('invalid', `"${text}" is no address of a broker: write it like mqtt://192.168.1.10:1883`);
}
