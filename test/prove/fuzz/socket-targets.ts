import type { IncomingMessage } from 'node:http';
import { createWake } from '../../../cloud/hub/src/sync/wake.ts';
import type { Room } from '../../../edge/agent/src/voice/room.ts';
import { createVoiceSockets } from '../../../edge/agent/src/voice/sockets.ts';
import { type Caller, ended, says } from './connection.ts';
import type { Target } from './targets.ts';

const [text, binary, close, ping, pong] = [0x81, 0x82, 0x88, 0x89, 0x8a];

/** A frame as a client sends it, masked with zeros (RFC 6455 §5.2). @param first FIN and opcode */
function frame(first: number, payload: Buffer): Buffer {
  const { length } = payload;
  const long = length > 125;
  const head = Buffer.alloc(long ? 8 : 6);
  head[0] = first;
  head[1] = 0x80 | (long ? 126 : length);
  if (long) head.writeUInt16BE(length, 2);
  return Buffer.concat([head, payload]);
}

const listen = frame(text, Buffer.from('{"ask":"listen","mode":"open"}'));
const sound = frame(binary, Buffer.alloc(640, 1));
const pieces = Buffer.concat([frame(0x01, Buffer.from('{"ask":')), frame(0x80, Buffer.from('"stop"}'))]);
const examples = [listen, sound, pieces, frame(ping, Buffer.from('a')), frame(pong, Buffer.alloc(0)), frame(close, Buffer.from([3, 232]))];
examples.push(Buffer.concat(examples));

const upgrade = {
  method: 'GET',
  headers: { upgrade: 'websocket', 'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==', 'sec-websocket-version': '13' },
} as IncomingMessage;
const none = Buffer.alloc(0);

/** What a frame back begins with: its kind, and of one that closes its code (RFC 6455 §7.4). */
const codeIn = ({ answered }: Caller): string => answered?.subarray(0, answered[0] === close ? 4 : 1).toString('hex') ?? 'nothing';

const deaf: Room = { ask() {}, hear() {}, tell() {}, close() {} };

/** The panel's socket for voice, and the hub's that wakes edges. @param room who hears what the frames say */
export function socketTargets(room = deaf): Target[] {
  const voice = createVoiceSockets(Date.now, async () => room);
  const wake = createWake(
    () => {},
    () => {},
  );
  let session = 0;
  return [
    {
      name: 'WebSocket frames at the edge',
      costs: 200,
      examples,
      async eat(bytes) {
        const socket = says(bytes);
        voice.accept(upgrade, socket, none, `s_${session++}`);
        await ended(socket);
        return codeIn(socket);
      },
    },
    {
      name: 'WebSocket frames at the hub',
      costs: 200,
      examples,
      async eat(bytes) {
        const socket = says(bytes);
        wake.accept(upgrade, socket, none, 'edge');
        await ended(socket);
        return codeIn(socket);
      },
    },
  ];
}
