import { type Bytes, kibibytes } from '@wayside/protocol';

export type PacketLimits = { beforeConnect: Bytes; afterConnect: Bytes };
export const packetLimits: PacketLimits = { beforeConnect: kibibytes(16), afterConnect: kibibytes(256) };

/** MQTT 3.1.1 §2.2.1: control packet types, the high half of the first byte. */
const type = { connect: 1, publish: 3, puback: 4 };
export const typeOf = (packet: Uint8Array): number => packet[0]! >> 4;
export const isPuback = (packet: Uint8Array): boolean => typeOf(packet) === type.puback;

/**
 * The keep-alive time, s, that a CONNECT of any version asks for (§3.1.2.10): after the protocol's name come its level, the flags and the time.
 * @returns undefined for any other packet, or one too short; 0 for no limit
 */
export function readKeepAlive(packet: Buffer): number | undefined {
  const header = typeOf(packet) === type.connect ? remaining(packet, 0)?.header : undefined;
  if (header === undefined || packet.length < header + 2) return undefined;
  const at = header + 2 + packet.readUInt16BE(header) + 2;
  return packet.length < at + 2 ? undefined : packet.readUInt16BE(at);
}

/** The fixed header is a type and 1 to 4 bytes of length (§2.2.3). */
const maxHeader = 5;
const notConnect = 'the first packet is not CONNECT';

/**
 * Cuts a byte stream into whole MQTT control packets and says by its header alone when one must not be let in. A packet that came in
 * one piece is not copied; one that did not is put together in a buffer of its own size.
 * Two for each of thousands of connections: a class, since closures would be made anew for each.
 */
export class Cutter {
  private readonly limits: PacketLimits | undefined;
  private connected: boolean;
  // Nearly every header comes in one piece.
  private head: Buffer | undefined;
  private headLength = 0;
  private begun: Buffer | undefined;
  private filled = 0;

  /** @param limits none for a stream that is trusted */
  constructor(limits?: PacketLimits) {
    this.limits = limits;
    this.connected = limits === undefined;
  }

  /** Takes the next bytes and appends the packets they complete. @returns why the stream must end, or undefined */
  cut(chunk: Buffer, into: Buffer[]): string | undefined {
    let at = 0;
    while (at < chunk.length) {
      if (this.begun) {
        const copied = chunk.copy(this.begun, this.filled, at);
        this.filled += copied;
        at += copied;
        this.finish(into);
        continue;
      }
      const whole = this.headLength === 0 ? remaining(chunk, at) : undefined;
      if (whole) {
        const why = this.refusal(chunk[at]!, whole.length);
        if (why) return why;
        const end = at + whole.header + whole.length;
        if (end <= chunk.length) {
          into.push(chunk.subarray(at, end));
          at = end;
          continue;
        }
      }
      const why = this.takeHead(chunk[at++]!, into);
      if (why) return why;
    }
    return undefined;
  }

  private refusal(first: number, length: number): string | undefined {
    if (!this.limits) return undefined;
    if (!this.connected && first >> 4 !== type.connect) return notConnect;
    const limit = this.connected ? this.limits.afterConnect : this.limits.beforeConnect;
    if (length > limit) return `a packet of ${length} bytes, the limit is ${limit}`;
    this.connected = true;
    return undefined;
  }

  private takeHead(byte: number, into: Buffer[]): string | undefined {
    this.head ??= Buffer.allocUnsafe(maxHeader);
    this.head[this.headLength++] = byte;
    if (this.headLength === 1 && !this.connected && typeOf(this.head) !== type.connect) return notConnect;
    const known = remaining(this.head.subarray(0, this.headLength), 0);
    if (!known) return this.headLength === maxHeader ? 'a packet length of more than four bytes' : undefined;
    const why = this.refusal(this.head[0]!, known.length);
    if (why) return why;
    this.begun = Buffer.allocUnsafe(known.header + known.length);
    this.filled = this.head.copy(this.begun, 0, 0, known.header);
    this.head = undefined;
    this.headLength = 0;
    this.finish(into);
    return undefined;
  }

  private finish(into: Buffer[]): void {
    if (!this.begun || this.filled < this.begun.length) return;
    into.push(this.begun);
    this.begun = undefined;
  }
}

/** The length of what follows the fixed header at `at`, and of the header; undefined while its bytes are not all there. */
function remaining(bytes: Uint8Array, at: number): { header: number; length: number } | undefined {
  let length = 0;
  for (let i = 1; i < maxHeader; i++) {
    const byte = bytes[at + i];
    if (byte === undefined) return undefined;
    length += (byte & 0x7f) * 2 ** (7 * (i - 1));
    if ((byte & 0x80) === 0) return { header: i + 1, length };
  }
  return undefined;
}

/** A PUBLISH as it lies in its packet: nothing is copied. `id` is 0 with QoS 0. */
export type Publish = { topic: string; id: number; payload: Buffer };

/**
 * Reads a PUBLISH of QoS 0 or 1 that is not retained, said again or not (§3.3).
 * @param wanted whether a topic is wanted
 * @returns undefined for any other packet, a malformed one included
 */
export function readPublish(packet: Buffer, wanted: (topic: string) => boolean): Publish | undefined {
  const flags = packet[0]! & 0x0f;
  const qos = (flags >> 1) & 3;
  if (typeOf(packet) !== type.publish || (flags & 1) === 1 || qos > 1) return undefined;
  const header = remaining(packet, 0)?.header ?? packet.length;
  if (packet.length < header + 2) return undefined;
  const topicEnd = header + 2 + packet.readUInt16BE(header);
  const payloadFrom = topicEnd + 2 * qos;
  if (packet.length < payloadFrom) return undefined;
  const topic = packet.toString('utf8', header + 2, topicEnd);
  if (!wanted(topic)) return undefined;
  const id = qos === 0 ? 0 : packet.readUInt16BE(topicEnd);
  return { topic, id, payload: packet.subarray(payloadFrom) };
}

/** The PUBACKs of these ids, one after the other (§3.4). */
export function writePubacks(ids: readonly number[]): Buffer {
  const bytes = Buffer.allocUnsafe(4 * ids.length);
  ids.forEach((id, i) => {
    bytes.writeUInt16BE(0x4002, 4 * i);
    bytes.writeUInt16BE(id, 4 * i + 2);
  });
  return bytes;
}
