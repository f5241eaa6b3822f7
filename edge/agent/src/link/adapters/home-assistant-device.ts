import type { Description, Signal } from '@wayside/protocol';
import { idOf, objectOf, signalOf } from './adapter.ts';
import type { Order } from './home-assistant-commands.ts';
import { longKeys } from './home-assistant-keys.ts';
import { compileTemplate, type Read } from './template.ts';

/** What is known of a device by its announcements. */
export type Device = { description: Description; signals: Map<string, Signal>; orders: Map<string, Order> };
/** Where a thing tells whether it is there, and in which words. */
export type Availability = { thing: string; read: Read; available: string; notAvailable: string };

const mostText = 256;
export const objectIn = (value: unknown): Record<string, unknown> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
export const textIn = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, mostText) : undefined;

/** A device is known by its first identifier, or its first connection; an entity without a device by its node. */
export function thingOf(head: Record<string, unknown>, rest: readonly string[]): string | undefined {
  const ids = Array.isArray(head.identifiers) ? head.identifiers : [head.identifiers];
  const connection = Array.isArray(head.connections) && Array.isArray(head.connections[0]) ? head.connections[0][1] : undefined;
  const named = textIn(ids[0]) ?? textIn(connection) ?? rest[0];
  return named === undefined ? undefined : idOf(named) || undefined;
}

export function describe({ signals, orders }: Device, head: Record<string, unknown>, thing: string): Description {
  const words = {
    model: textIn(head.model),
    maker: textIn(head.manufacturer),
    firmware: textIn(head.sw_version),
    location: textIn(head.suggested_area),
  };
  return {
    title: (textIn(head.name) ?? thing).slice(0, 120),
    family: 'generic',
    ...(words.model ? { model: words.model.slice(0, 120) } : {}),
    ...(words.maker ? { maker: words.maker.slice(0, 120) } : {}),
    ...(words.firmware ? { firmware: words.firmware.slice(0, 60) } : {}),
    ...(words.location ? { location: words.location.slice(0, 120) } : {}),
    signals: Object.fromEntries(signals),
    ...(orders.size > 0 ? { actions: Object.fromEntries([...orders.values()].map(({ name, action }) => [name, action])) } : {}),
  };
}

/** The object's own name without the device's, which makers like to put in front. */
export function nameOf(thing: string, object: string, part: Record<string, unknown>): string {
  const own = object || textIn(part.object_id) || textIn(part.unique_id) || textIn(part.name) || 'value';
  const words = idOf(own);
  const shorter = [thing, thing.split(/[_-]/).at(-1) ?? thing].reduce(
    (left, begin) => (left.startsWith(`${begin}_`) ? left.slice(begin.length + 1) : left),
    words,
  );
  return signalOf(shorter || words);
}

export function availabilityOf(thing: string, part: Record<string, unknown>): [string, Availability][] {
  const all = Array.isArray(part.availability) ? part.availability.map((one) => longKeys(objectIn(one) ?? {})) : [];
  const single = textIn(part.availability_topic);
  // With several, the last is the device's own; those before it are its bridge's.
  const last = all.at(-1) ?? (single ? { ...part, topic: single } : undefined);
  const topic = textIn(last?.topic);
  // With one topic, `value_template` beside it is the value's own.
  const read = compileTemplate(textIn(all.length > 0 ? last?.value_template : part.availability_template));
  if (!last || !topic || !read) return [];
  const heard = (payload: string) => read(payload) ?? payload;
  // Zigbee2MQTT publishes {"state":"online"} as well as plain words, with or without a template.
  const own: Read = (payload) => textIn(objectOf(payload)?.state) ?? heard(payload);
  return [
    [
      topic,
      {
        thing,
        read: own,
        available: textIn(last.payload_available) ?? 'online',
        notAvailable: textIn(last.payload_not_available) ?? 'offline',
      },
    ],
  ];
}
