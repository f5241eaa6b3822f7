/** So many edges open their wake sockets at a hub and keep them, in a process of their own. Plain sockets: what a client library holds is not what is measured. */
import { connect, type Socket } from 'node:net';
import './with-parent.ts';

const [hub, count] = [new URL(process.argv[2]!), Number(process.argv[3])];
const atOnce = 200;
const pong = Buffer.from([0x8a, 0x80, 0, 0, 0, 0]);
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
      `GET /v1/sync/wake HTTP/1.1\r\nHost: ${hub.host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer wse_bench-${edge}\r\n\r\n`,
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
