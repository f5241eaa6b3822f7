/** A cast as it is commonly written: `ws.send` to one client after the other. POST / casts. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import './with-parent.ts';

const server = createServer((_, response) => {
  const text = JSON.stringify({ event: 'case', data: { case: 'c' } });
  for (const socket of sockets.clients) socket.send(text);
  response.end('{}');
});
const sockets = new WebSocketServer({ server, perMessageDeflate: false });
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` })));
