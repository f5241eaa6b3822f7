import { WaysideError } from '@wayside/protocol';

/** One event of the Wyoming protocol (github.com/OHF-Voice/wyoming): a line of JSON, then data as JSON, then a payload. */
export type WyomingEvent = { type: string; data: Record<string, unknown>; payload?: Buffer | undefined };

/** A header says little, data is at most a text and what is known here, a payload at most some seconds of sound. */
const [mostHeader, mostData, mostPayload] = [16 * 1024, 1024 * 1024, 1024 * 1024];
const newline = 10;

export function encodeEvent({ type, data, payload }: WyomingEvent): Buffer {
  const body = Buffer.from(JSON.stringify(data));
  const header = {
    type,
    version: '1.7.2',
    data_length: body.length,
    ...(payload && payload.length > 0 ? { payload_length: payload.length } : {}),
  };
  return Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), body, payload ?? Buffer.alloc(0)]);
}

type Header = { type: string; data?: unknown; data_length?: unknown; payload_length?: unknown };

/**
 * Reads events out of a stream of bytes, however it is cut.
 * @returns takes bytes and gives the events they complete; throws `invalid` for what is no event or too large, after which nothing more can be read
 */
export function createEventReader(): (bytes: Buffer) => WyomingEvent[] {
  let held: Buffer = Buffer.alloc(0);
  let head: { type: string; inline: object; data: number; payload: number } | undefined;

  function readHead(): boolean {
    const end = held.indexOf(newline);
    if (end < 0 && held.length > mostHeader) throw wrong('a header without an end');
    if (end < 0) return false;
    const { type, data, data_length, payload_length } = parse<Header>(held.subarray(0, end));
    const [dataLength, payloadLength] = [size(data_length, mostData), size(payload_length, mostPayload)];
    if (typeof type !== 'string') throw wrong('an event without a type');
    head = { type, inline: isObject(data) ? data : {}, data: dataLength, payload: payloadLength };
    held = held.subarray(end + 1);
    return true;
  }
  function readBody(): WyomingEvent | undefined {
    if (!head || held.length < head.data + head.payload) return undefined;
    const { type, inline, data, payload } = head;
    const more = data > 0 ? parse<object>(held.subarray(0, data)) : {};
    const event = {
      type,
      data: { ...inline, ...more },
      ...(payload > 0 ? { payload: Buffer.from(held.subarray(data, data + payload)) } : {}),
    };
    held = held.subarray(data + payload);
    head = undefined;
    return event;
  }
  return (bytes) => {
    held = held.length === 0 ? bytes : Buffer.concat([held, bytes]);
    const events: WyomingEvent[] = [];
    while (head || readHead()) {
      const event = readBody();
      if (!event) break;
      events.push(event);
    }
    return events;
  };
}

function parse<T>(bytes: Buffer): T {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    if (isObject(value)) return value as T;
  } catch {
    // Said below.
  }
  throw wrong('what is no JSON object');
}

function size(given: unknown, most: number): number {
  if (given === undefined || given === null) return 0;
  if (!Number.isInteger(given) || (given as number) < 0 || (given as number) > most) throw wrong('a length that cannot be');
  return given as number;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);
const wrong = (what: string) => new WaysideError('invalid', `This is not the Wyoming protocol: it has ${what}.`);

/** 16-bit sound out of an `audio-chunk`, as its event says it is. Undefined for sound of another width. */
export function soundOf({ data, payload }: WyomingEvent): { samples: Int16Array; rate: number } | undefined {
  const [rate, width, channels] = [Number(data.rate ?? 16_000), Number(data.width ?? 2), Number(data.channels ?? 1)];
  if (!payload || width !== 2 || !(rate >= 4_000 && rate <= 192_000) || !(channels >= 1 && channels <= 8)) return undefined;
  const frames = Math.floor(payload.length / 2 / channels);
  const samples = Int16Array.from({ length: frames }, (_, i) => {
    let sum = 0;
    for (let c = 0; c < channels; c++) sum += payload.readInt16LE((i * channels + c) * 2);
    return sum / channels;
  });
  return { samples, rate };
}

/** The events that carry 16-bit mono sound. */
export function soundEvents(sound: Int16Array, rate: number): { start: WyomingEvent; chunks: WyomingEvent[]; stop: WyomingEvent } {
  const format = { rate, width: 2, channels: 1 };
  const bytes = Buffer.from(sound.buffer, sound.byteOffset, sound.byteLength);
  const chunks: WyomingEvent[] = [];
  for (let at = 0; at < bytes.length; at += 4_096)
    chunks.push({ type: 'audio-chunk', data: format, payload: bytes.subarray(at, at + 4_096) });
  return { start: { type: 'audio-start', data: format }, chunks, stop: { type: 'audio-stop', data: {} } };
}
