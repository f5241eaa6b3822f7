import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { generate, type Packet, parser } from 'mqtt-packet';

/** A packet a device sent, with when (epoch ms) and on which of its connections. */
export type Heard = { at: number; connection: number; packet: Packet };

/** The network between a device and the edge, in our hands: it hears what the device says, and can fail in the ways networks do. */
export type Tap = {
  url: string;
  heard: readonly Heard[];
  /** When each connection was tried, epoch ms. */
  attempts: readonly number[];
  /** Bytes for the device, as if the edge had sent them, between two packets of the edge. */
  inject(bytes: Uint8Array): void;
  /** Drops the connection and every new one, as an edge that died. */
  cut(): void;
  back(): void;
  /** The connection there is stays open and carries nothing any more, as a half-open one (RFC 9293 §3.5.1); a new one works. */
  freeze(): void;
  /** While on, the device hears no acknowledgment. */
  loseAcks(on: boolean): void;
  close(): Promise<void>;
};

type Line = { device: Socket; edge: Socket; frozen: boolean };

export async function createTap(edgePort: number): Promise<Tap> {
  const heard: Heard[] = [];
  const attempts: number[] = [];
  const lines = new Set<Line>();
  let [down, losing] = [false, false];

  const server = createServer((device) => {
    attempts.push(Date.now());
    device.on('error', () => {});
    if (down) return void device.destroy();
    const edge = connect(edgePort, '127.0.0.1');
    const line: Line = { device, edge, frozen: false };
    const connection = attempts.length;
    lines.add(line);
    const end = () => {
      lines.delete(line);
      device.destroy();
      edge.destroy();
    };
    for (const socket of [device, edge]) socket.setNoDelay(true).on('error', end).on('close', end);
    const reader = parser({ protocolVersion: 4 });
    reader.on('packet', (packet) => void heard.push({ at: Date.now(), connection, packet }));
    reader.on('error', end);
    device.on('data', (chunk) => {
      if (line.frozen) return;
      reader.parse(chunk);
      edge.write(chunk);
    });
    const cutFrames = createFrames();
    edge.on('data', (chunk) => {
      for (const frame of cutFrames(chunk)) if (!line.frozen && !(losing && frame[0]! >> 4 === puback)) device.write(frame);
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));

  return {
    url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    attempts,
    inject: (bytes) => void [...lines].at(-1)?.device.write(bytes),
    cut() {
      down = true;
      for (const { device } of lines) device.destroy();
    },
    back() {
      down = false;
    },
    freeze() {
      for (const line of lines) line.frozen = true;
    },
    loseAcks(on) {
      losing = on;
    },
    async close() {
      for (const { device, edge } of lines) [device, edge].forEach((socket) => void socket.destroy());
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}

/** MQTT 3.1.1 §2.2.1. */
const puback = 4;

/** A PUBLISH as the edge would send it. */
export const publishing = (topic: string, payload: string | Buffer): Buffer =>
  generate({ cmd: 'publish', topic, payload, qos: 0, retain: false, dup: false });

/** Cuts a stream into whole packets (MQTT 3.1.1 §2.2.3: the remaining length is a varint of at most four bytes). */
function createFrames(): (chunk: Buffer) => Buffer[] {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    const frames: Buffer[] = [];
    for (let size = frameSize(rest); size !== undefined && size <= rest.length; size = frameSize(rest)) {
      frames.push(rest.subarray(0, size));
      rest = rest.subarray(size);
    }
    return frames;
  };
}

function frameSize(bytes: Buffer): number | undefined {
  let length = 0;
  for (let i = 1; i < Math.min(bytes.length, 5); i++) {
    length += (bytes[i]! & 0x7f) * 128 ** (i - 1);
    if (bytes[i]! < 0x80) return 1 + i + length;
  }
  return undefined;
}
