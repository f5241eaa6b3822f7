import {
  check,
  decode,
  description as descriptionSchema,
  dtc as dtcSchema,
  event as eventSchema,
  type Interlock,
  maxPayload,
  telemetry as telemetrySchema,
  thingId,
  topicOf,
  type Value,
  WaysideError,
} from '@wayside/protocol';
import { createBatch } from './batch.ts';
import { createBuffer } from './buffer.ts';
import { createCommands } from './commands.ts';
import { createConnection } from './connection.ts';
import { createInterlocks } from './interlocks.ts';
import type { DescriptionInput, Device, DeviceOptions, Publish } from './types.ts';
import { createWaiting } from './waiting.ts';

/**
 * A device that speaks Wayside's MQTT wire (design: `@wayside/protocol`). Creating it does nothing; `start` connects.
 * Everything published before or between connections waits in a bounded buffer, stamped with the time it was said.
 * @throws WaysideError `invalid` when the id, description or URL is not one
 */
export function createDevice<const D extends DescriptionInput>(options: DeviceOptions<D>): Device<D> {
  const { now = Date.now, random = Math.random, onWarning: warn = () => {}, commands: handlers = {}, sense = {} } = options;
  const id = check(thingId, options.id, 'id');
  const description = check(descriptionSchema, options.description, 'description');
  const url = brokerUrl(options.url);
  const { limit = 1_000, size = 8 * 1024 * 1024, store } = options.buffer ?? {};
  const buffer = createBuffer({ limit, size });
  const waiting = createWaiting(buffer, store, limit, warn);
  const interlocks = createInterlocks(sense as Record<string, () => Value | undefined>, now);

  const say = (channel: 'telemetry' | 'dtc' | 'event' | 'outcome', body: unknown): void => {
    const payload = JSON.stringify(body);
    if (payload.length > maxPayload)
      throw new WaysideError('too-large', `This ${channel} is larger than ${maxPayload} bytes: publish fewer signals at once.`);
    const message = { topic: topicOf(id, channel), payload, spare: channel === 'telemetry' };
    buffer.add(message);
    if (connection.up) connection.pump();
    else waiting.add(message);
  };
  const batch = createBatch(options.batch ?? 0, now, (signals, at) => say('telemetry', { at, signals }));
  const publish = (signals: Record<string, Value>, { at }: { at?: number } = {}) => {
    const said = check(telemetrySchema, { ...(at === undefined ? {} : { at }), signals }, 'publish');
    interlocks.saw(said.signals, at ?? now());
    batch.add(said.signals, at);
  };
  const commands = createCommands({
    handlers: handlers as Parameters<typeof createCommands>[0]['handlers'],
    actions: description.actions ?? {},
    blocked: (list: readonly Interlock[] | undefined) => interlocks.blocked(list),
    publish: publish as Publish<unknown>,
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
      keepalive: options.keepalive ?? 30,
      connectTimeout: 10_000,
      will: { topic: presence, payload: 'offline', qos: 1, retain: true },
    },
    buffer,
    onLost: waiting.keep,
    onDrained: waiting.drained,
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
    start() {
      if (!connection.up) waiting.load((topic) => topic.startsWith(topicOf(id, 'telemetry').slice(0, -'telemetry'.length)));
      return connection.start();
    },
    async stop() {
      batch.flush();
      commands.stop();
      // The aborted commands' outcomes are said in this turn of the event loop and go out with the rest.
      await new Promise((resolve) => setTimeout(resolve, 0));
      await connection.stop();
    },
    publish: publish as Publish<D>,
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
