import {
  type Dtc,
  decode,
  description,
  dtc,
  type Event,
  event,
  type Outcome,
  outcome,
  parseTopic,
  presence,
  type Telemetry,
  telemetry,
} from '@wayside/protocol';
import type { Log } from '../log.ts';
import type { Registry } from './registry.ts';

/** What the rooms below make of a device's words. Each resolves when it is stored. */
export type DeviceNews = {
  telemetry(thing: string, message: Telemetry, receivedAt: number): Promise<void>;
  dtc(thing: string, message: Dtc, receivedAt: number): Promise<void>;
  event(thing: string, message: Event, receivedAt: number): void;
  outcome(thing: string, message: Outcome): void;
};

/**
 * Reads what devices publish. A message that cannot be understood is one log line that names the thing; it disturbs nobody else
 * and it is acknowledged, since sending it again would not make it better.
 */
export function createDevices(registry: Registry, news: DeviceNews, log: Log, now: () => number) {
  const refused = { count: 0 };

  const refuse = (thing: string, channel: string, reason: string) => {
    refused.count++;
    log.warn({ thing, channel }, `message refused: ${reason}`);
  };

  async function hear(topic: string, payload: Uint8Array): Promise<void> {
    const parsed = parseTopic(topic);
    if (!parsed) return refuse(topic.slice(0, 120), '-', 'not a topic of ours; publish below wayside/v1/things/{thing}/');
    const { thing, channel } = parsed;
    const at = now();
    if (!(await registry.heard(thing, at))) return refuse(thing, channel, 'this site already has as many things as it can hold');

    const read = <T>(decoded: { ok: true; value: T } | { ok: false; reason: string }): T | undefined => {
      if (decoded.ok) return decoded.value;
      refuse(thing, channel, decoded.reason);
      return undefined;
    };

    switch (channel) {
      case 'telemetry': {
        const message = read(decode(telemetry, payload));
        return message && news.telemetry(thing, message, at);
      }
      case 'dtc': {
        const message = read(decode(dtc, payload));
        return message && news.dtc(thing, message, at);
      }
      case 'description': {
        const message = read(decode(description, payload));
        if (message) await registry.describe(thing, message, at);
        return;
      }
      case 'presence': {
        const word = presence.safeParse(Buffer.from(payload).toString('utf8').trim().replace(/^"|"$/g, ''));
        if (word.success) await registry.presence(thing, word.data, at);
        else refuse(thing, channel, 'presence is online or offline');
        return;
      }
      case 'event': {
        const message = read(decode(event, payload));
        if (message) news.event(thing, message, at);
        return;
      }
      case 'outcome': {
        const message = read(decode(outcome, payload));
        if (message) news.outcome(thing, message);
      }
    }
  }

  return { hear, refused: () => refused.count };
}
