import { gunzipSync, inflateSync } from 'node:zlib';
import { canonicalUnit, conversion, type Signal, type Value } from '@wayside/protocol';
import { decodePayload, encodePayload, type UMetric } from 'sparkplug-payload/lib/sparkplugbpayload.js';

/** A metric as far as it is read here. After a birth it may come by its alias alone. */
export type Metric = {
  name?: string;
  alias?: number;
  at?: number;
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

/** A number in this house's unit for what the plant calls `unit`. */
export function inOurUnit(unit: string | undefined): { unit?: string; turn(value: number): number } {
  if (unit === undefined) return { turn: (value) => value };
  const canonical = canonicalUnit(unit);
  return { unit: canonical.slice(0, 32), turn: conversion(unit, canonical) ?? ((value) => value) };
}
