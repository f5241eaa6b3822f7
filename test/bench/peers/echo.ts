/** The barest answer there is: node:http reads a JSON body and gives it back. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import './with-parent.ts';

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(JSON.parse(Buffer.concat(chunks).toString())));
  });
});
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` })));
