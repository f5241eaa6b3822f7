import { gunzipSync, inflateSync } from 'node:zlib';
import type { Signal, Value } from '@wayside/protocol';
import { decodePayload, encodePayload, type UMetric } from 'sparkplug-payload/lib/sparkplugbpayload.js';

/** A metric as far as it is read here. After a birth it may come by its alias alone. */
export type Metric = {
  name?: string;
  alias?: number;
  at?: number;
  /** Its type on the wire. */
  wire: UMetric['type'];
  /** Undefined for what is not read here. */
  type: Signal['type'] | undefined;
  /** Undefined when the node says it has none now. */
  value: Value | undefined;
  unit?: string;
};
export type Payload = { seq?: number; metrics: Metric[] };

const most = { metrics: 2_000, text: 256, unpackedBytes: 1 << 20 };
const numbers = new Set(['Int8', 'Int16', 'Int32', 'Int64', 'UInt8', 'UInt16', 'UInt32', 'UInt64', 'Float', 'Double']);
const words = new Set(['String', 'Text', 'UUID']);

/**
 * Reads a Sparkplug B payload (Eclipse Sparkplug 3.0.0, chapter 6: Protocol Buffers), packed ones too (the `SPBV1.0_COMPRESSED` of Eclipse Tahu's clients).
 * Data sets, templates, files and times are passed over: their value is undefined.
 * @throws what the decoder throws for bytes that are no payload
 */
export function readPayload(bytes: Uint8Array): Payload {
  const outer = decodePayload(bytes);
  const payload = outer.uuid === 'SPBV1.0_COMPRESSED' && outer.body ? decodePayload(unpack(outer.metrics ?? [], outer.body)) : outer;
  const seq = whole(payload.seq);
  return {
    ...(seq === undefined ? {} : { seq }),
    metrics: (payload.metrics ?? []).slice(0, most.metrics).map((one) => metric(one, whole(payload.timestamp))),
  };
}

/** The request that a node tells everything anew (clause 6.4.15, `Node Control/Rebirth`). */
export const rebirthRequest = (now: number): Uint8Array =>
  encodePayload({ timestamp: now, metrics: [{ name: 'Node Control/Rebirth', type: 'Boolean', value: true, timestamp: now }] });

/** A metric to be set, by its alias where its birth named one (clause 6.4.7: then without its name). */
export type Order = { name: string; alias: number | undefined; wire: UMetric['type']; value: Value };

/** A command to a node or device (NCMD, DCMD): what its metrics shall be. */
export const commandOf = (orders: readonly Order[], now: number): Uint8Array =>
  encodePayload({
    timestamp: now,
    metrics: orders.map(({ name, alias, wire, value }) => ({
      ...(alias === undefined ? { name } : { alias }),
      type: wire,
      value: value as never,
      timestamp: now,
    })) as UMetric[],
  });

/** Whether a value can be what this type holds: a whole number within its bits, a number, a truth, a text. */
export function fits(wire: UMetric['type'], value: Value): boolean {
  if (typeof value !== 'number') return typeOf(wire) === typeof value;
  const [, unsigned, bits] = /^(U?)Int(8|16|32|64)$/.exec(wire) ?? [];
  if (bits === undefined) return numbers.has(wire);
  const span = 2 ** Math.min(Number(bits), 53);
  return Number.isInteger(value) && (unsigned ? value >= 0 && value < span : value >= -span / 2 && value < span / 2);
}

function unpack(metrics: readonly UMetric[], body: Uint8Array): Uint8Array {
  const gzip = metrics.some(({ name, value }) => name === 'algorithm' && String(value).toUpperCase() === 'GZIP');
  return (gzip ? gunzipSync : inflateSync)(body, { maxOutputLength: most.unpackedBytes });
}

function metric(read: UMetric, sent: number | undefined): Metric {
  const unit = read.properties?.engUnit?.value ?? read.properties?.engunit?.value;
  const [alias, at] = [whole(read.alias), whole(read.timestamp) ?? sent];
  return {
    ...(read.name ? { name: String(read.name).slice(0, most.text) } : {}),
    ...(alias === undefined ? {} : { alias }),
    ...(at === undefined ? {} : { at }),
    ...(typeof unit === 'string' && unit !== '' ? { unit: unit.slice(0, 32) } : {}),
    wire: read.type,
    type: typeOf(read.type),
    value: read.isNull ? undefined : readValue(typeOf(read.type), read.value),
  };
}

const typeOf = (type: string): Metric['type'] =>
  type === 'Boolean' ? 'boolean' : words.has(type) ? 'string' : numbers.has(type) ? 'number' : undefined;

function readValue(type: Metric['type'], value: unknown): Value | undefined {
  if (type === 'boolean') return value === true;
  if (type === 'string') return typeof value === 'string' ? value.slice(0, most.text) : undefined;
  const number = type === 'number' ? whole(value) : undefined;
  return number !== undefined && Number.isFinite(number) ? number : undefined;
}

/** A number, also of the `Long` that stands for 64 bits. */
function whole(value: unknown): number | undefined {
  if (value === null || value === undefined) return undefined;
  const number = Number(value);
  return Number.isNaN(number) ? undefined : number;
}
