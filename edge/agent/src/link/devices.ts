import {
  type Dtc,
  decode,
  description,
  dtc,
  dtcFrames,
  dtcsOf,
  type Event,
  event,
  type Outcome,
  outcome,
  type PlainDtc,
  parseTopic,
  plainDtc,
  presence,
  readDescription,
  telemetry,
} from '@wayside/protocol';
import type { Log } from '../log.ts';
import { type Row, rowOf } from '../telemetry/row.ts';
import type { Adapter, Said } from './adapters/adapter.ts';
import { createTelemetryReader } from './read-telemetry.ts';
import type { Registry } from './registry.ts';
import type { SiteActions } from './site-actions.ts';

/** What the rooms below make of a device's words. Each resolves when it is stored. */
export type DeviceNews = {
  telemetry(thing: string, message: Row, receivedAt: number): Promise<void>;
  /** The code is as `plainDtc` writes it, its failure type beside it. */
  dtc(thing: string, message: Dtc & Pick<PlainDtc, 'failureType'>, receivedAt: number): Promise<void>;
  event(thing: string, message: Event, receivedAt: number): void;
  outcome(thing: string, message: Outcome): void;
};

/** Who understands devices that know nothing of us, and where their announcements are kept, since they make them only once. */
export type Foreign = { adapter: Adapter; actions: Pick<SiteActions, 'declare'>; keep(topic: string, payload: Uint8Array): Promise<void> };

const notOurs = 'not a topic of ours, and no device of a kind we know: publish below wayside/v1/things/{thing}/, or add a mapping file';

/**
 * Reads what devices publish. A message that cannot be understood is one log line that names the thing; it disturbs nobody else
 * and it is acknowledged, since sending it again would not make it better.
 * @param ready what is known of a thing from before a restart is taken up first; undefined when it is
 */
export function createDevices(
  registry: Registry,
  news: DeviceNews,
  log: Log,
  now: () => number,
  foreign?: Foreign,
  ready: (thing: string) => Promise<void> | undefined = () => undefined,
) {
  const refused = { count: 0 };
  const readTelemetry = createTelemetryReader();

  const refuse = (thing: string, channel: string, reason: string) => {
    refused.count++;
    log.warn({ thing, channel }, `message refused: ${reason}`);
  };

  /** Nearly every message is telemetry of a thing that is known to be here, and waits for nothing but the disk. */
  function hear(topic: string, payload: Uint8Array): Promise<void> {
    const parsed = parseTopic(topic);
    const at = now();
    if (parsed?.channel !== 'telemetry' || !registry.isStillHere(parsed.thing, at)) return hearAny(topic, payload);
    try {
      const message = readTelemetry(parsed.thing, payload);
      return message ? news.telemetry(parsed.thing, message, at) : hearAny(topic, payload);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  async function hearAny(topic: string, payload: Uint8Array): Promise<void> {
    const parsed = parseTopic(topic);
    if (!parsed) return (await hearForeign(topic, payload)) ? undefined : refuse(topic.slice(0, 120), '-', notOurs);
    const { thing, channel } = parsed;
    const at = now();
    await ready(thing);
    if (!(await registry.heard(thing, at))) return refuse(thing, channel, 'this site already has as many things as it can hold');
    registry.speaks(thing, 'ours');

    const read = <T>(decoded: { ok: true; value: T } | { ok: false; reason: string }): T | undefined => {
      if (decoded.ok) return decoded.value;
      refuse(thing, channel, decoded.reason);
      return undefined;
    };

    switch (channel) {
      case 'telemetry': {
        const row = readTelemetry(thing, payload);
        if (row) return news.telemetry(thing, row, at);
        const message = read(decode(telemetry, payload));
        return message && news.telemetry(thing, rowOf(message), at);
      }
      case 'dtc': {
        const frames = decode(dtcFrames, payload);
        const message = frames.ok ? undefined : read(decode(dtc, payload));
        const all = frames.ok ? dtcsOf(frames.value) : message ? [message] : [];
        for (const one of all) await news.dtc(thing, { ...one, ...plainDtc(one.code) }, at);
        return;
      }
      case 'description': {
        const message = read(readDescription(payload));
        if (!message) return;
        if (message.left.length > 0)
          log.info({ thing, left: message.left.slice(0, 20) }, 'parts of its Thing Description cannot be used here');
        await registry.describe(thing, message.description, at);
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

  /** A device that knows nothing of us: its message goes, translated, through the same doors. False when nobody understands it. */
  async function hearForeign(topic: string, payload: Uint8Array): Promise<boolean> {
    await foreign?.adapter.prepare?.(topic);
    const said = foreign?.adapter.hear(topic, Buffer.from(payload).toString('utf8'), payload);
    if (!foreign || !said) return false;
    if (foreign.adapter.announces?.(topic)) await foreign.keep(topic, payload);
    for (const one of said) await take(one);
    return true;
  }

  /** What an adapter understood, through the same doors as a device's own words. Resolves when it is stored. */
  async function take(said: Said): Promise<void> {
    const { thing, description: described, telemetry: values, dtc: code, presence: state } = foreign?.actions.declare(said) ?? said;
    const at = now();
    await ready(thing);
    if (!(await registry.heard(thing, at))) return refuse(thing, '-', 'this site already has as many things as it can hold');
    const read = <T>(schema: { safeParse(input: unknown): { success: boolean; data?: T } }, input: unknown): T | undefined => {
      const parsed = schema.safeParse(input);
      if (!parsed.success) refuse(thing, '-', 'its own words do not fit ours');
      return parsed.data;
    };
    const words = described && read(description, described);
    // An announcement is often said again word for word.
    if (words && JSON.stringify(words) !== JSON.stringify(registry.get(thing)?.description)) await registry.describe(thing, words, at);
    // After its description, which says whether it can be told anything.
    registry.speaks(thing, 'its own');
    const message = values && read(telemetry, values);
    if (message) await news.telemetry(thing, rowOf(message), at);
    const heard = code && read(dtc, code);
    if (heard) await news.dtc(thing, { ...heard, ...plainDtc(heard.code) }, at);
    if (state) await registry.presence(thing, state, at);
  }

  return { hear, take, refused: () => refused.count };
}
