/**
 * So many who listen, on one kind of stream: `events` (server-sent, at a hub) or `ws` (WebSocket, at a peer). At each line of standard input one
 * round begins: when everybody has heard, it says how many ms after the round began (Unix time) that was. `stalled` of them read nothing at all.
 * Plain sockets: what a client library costs is not what is measured.
 */
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { quantile } from '../measure.ts';
import './with-parent.ts';

const [url, kind, token, count, stalled] = [
  new URL(process.argv[2]!),
  process.argv[3],
  process.argv[4],
  Number(process.argv[5]),
  Number(process.argv[6] ?? 0),
];
const atOnce = 200;
const limitMs = 20_000;
const head =
  kind === 'ws'
    ? `GET / HTTP/1.1\r\nHost: ${url.host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`
    : `GET /v1/events HTTP/1.1\r\nHost: ${url.host}\r\nAuthorization: Bearer ${token}\r\n\r\n`;
const unixMs = () => performance.timeOrigin + performance.now();
const isNews = (data: Buffer) => kind === 'ws' || data.includes('event: case');

let arrivals: number[] = [];
let done = () => {};

function sit(reads: boolean): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(url.port), url.hostname, () => socket.write(head));
    let heard = true;
    socket.once('error', reject);
    socket.once('data', (data) => {
      if (!/^HTTP\/1\.1 (101|200)/.test(data.toString())) return reject(new Error(data.toString().slice(0, 80)));
      if (!reads) socket.pause();
      resolve(socket);
      socket.on('data', (more) => {
        if (heard || !isNews(more)) return;
        heard = true;
        if (arrivals.push(unixMs()) === count) done();
      });
      again.push(() => {
        heard = false;
      });
    });
  });
}
const again: (() => void)[] = [];
const sitDown = async (many: number, reads: boolean) => {
  for (let n = 0; n < many; n += atOnce) await Promise.all(Array.from({ length: Math.min(atOnce, many - n) }, () => sit(reads)));
};
await sitDown(count, true);
again.length = count;
await sitDown(stalled, false);
console.log(JSON.stringify({ listening: count }));

createInterface({ input: process.stdin }).on('line', async () => {
  arrivals = [];
  for (const forget of again) forget();
  const began = unixMs();
  console.log(JSON.stringify({ began }));
  await new Promise<void>((resolve) => {
    done = resolve;
    setTimeout(resolve, limitMs).unref();
  });
  const after = arrivals.map((at) => at - began);
  console.log(JSON.stringify({ heard: after.length, p50: quantile(after, 0.5), p99: quantile(after, 0.99) }));
});
process.once('SIGTERM', () => process.exit(0));
