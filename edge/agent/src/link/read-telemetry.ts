import { isUtf8 } from 'node:buffer';
import { isTelemetry, maxPayload } from '@wayside/protocol';
import { type Row, rowOf } from '../telemetry/row.ts';
import { readBy, type Shape, shapeOf } from './shape.ts';

/** A thing may say so many kinds of messages; of one that says more, the others are parsed. */
const shapesPerThing = 4;
/** A shape is learned from a message of at most so many bytes, of so many things: a site's shapes fit in a few megabytes. */
const most = { bytes: 4_096, things: 2_000 };

/** Reads a message of a thing. Undefined leaves it to the schema, which also says what is wrong. */
export type TelemetryReader = (thing: string, payload: Uint8Array) => Row | undefined;

/** Reads telemetry by the shapes that each thing's messages had before, which is several times as fast as parsing them, and parses what has no such shape. */
export function createTelemetryReader(): TelemetryReader {
  const known = new Map<string, Shape[]>();

  function learn(thing: string, payload: Uint8Array): void {
    const shapes = known.get(thing) ?? [];
    if (payload.length > most.bytes || shapes.length >= shapesPerThing || known.size >= most.things) return;
    const shape = shapeOf(payload);
    if (shape) known.set(thing, [...shapes, shape]);
  }

  return (thing, payload) => {
    const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.length);
    for (const shape of known.get(thing) ?? none) {
      const row = readBy(shape, bytes);
      if (row) return row;
    }
    const row = parseTelemetry(bytes);
    if (row) learn(thing, payload);
    return row;
  };
}

const none: readonly Shape[] = [];

/** As the reader, without any shape. */
export function parseTelemetry(payload: Buffer): Row | undefined {
  if (payload.length > maxPayload || !isUtf8(payload)) return undefined;
  try {
    const json: unknown = JSON.parse(payload.toString('utf8'));
    return isTelemetry(json) ? rowOf(json) : undefined;
  } catch {
    return undefined;
  }
}
