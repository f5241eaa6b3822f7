/**
 * So many edges open their wake sockets at a hub, each with a signature of its own, and keep them, in a process of their own. Plain sockets: what a client
 * library holds is not what is measured; nor is how long ten thousand edges, each a machine of its own, take to sign, so that is done before.
 */
import { connect, type Socket } from 'node:net';
import { signed, signerOf } from '../hub/signing.ts';
import './with-parent.ts';

const [hub, count] = [new URL(process.argv[2]!), Number(process.argv[3])];
const atOnce = 200;
const pong = Buffer.from([0x8a, 0x80, 0, 0, 0, 0]);
const asked = { method: 'GET', path: '/v1/sync/wake' };
const proofs = Array.from({ length: count }, (_, edge) =>
  Object.entries(signed(signerOf(edge), asked))
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join(''),
);
const open: Socket[] = [];
let refused = 0;

function join(edge: number): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(Number(hub.port), hub.hostname);
    const fail = () => {
      refused++;
      resolve();
    };
    socket.once('error', fail);
    socket.write(
      `${asked.method} ${asked.path} HTTP/1.1\r\nHost: ${hub.host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${proofs[edge]}\r\n`,
    );
    socket.once('data', (data) => {
      if (!data.toString().startsWith('HTTP/1.1 101')) return fail();
      open.push(socket);
      // RFC 6455 §5.5: a ping is answered, masked as all that a client sends; else the hub takes the edge for dead.
      socket.on('data', (frame) => frame[0] === 0x89 && socket.write(pong));
      resolve();
    });
  });
}

const began = performance.now();
for (let edge = 0; edge < count; edge += atOnce)
  await Promise.all(Array.from({ length: Math.min(atOnce, count - edge) }, (_, i) => join(edge + i)));
if (refused > 0) process.stderr.write(`${refused} of ${count} edges were not let in\n`);
console.log(JSON.stringify({ connected: open.length, connectSeconds: (performance.now() - began) / 1_000 }));
process.once('SIGTERM', () => process.exit(0));
