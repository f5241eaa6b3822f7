import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { pair } from './pair.ts';

let server: Server | undefined;
afterEach(() => new Promise((done) => (server ? server.close(done) : done(undefined))));

const edge = (status: number, body: string) =>
  new Promise<string>((done) => {
    server = createServer((_, response) => response.writeHead(status).end(body)).listen(0, '127.0.0.1', () =>
      done(`http://127.0.0.1:${(server!.address() as AddressInfo).port}`),
    );
  });

it.each([
  [403, '{"detail":"No device is let in now."}', 'forbidden', 'No device is let in now.'],
  [401, '{"detail":"This is not the code."}', 'unauthorized', 'This is not the code.'],
  [409, '{"detail":"It has a secret already."}', 'conflict', 'It has a secret already.'],
  [502, '<html>', 'unavailable', 'The edge answered 502.'],
])('tells what the edge says: %i', async (status, body, code, message) => {
  await expect(pair(await edge(status, body), 'ABCD', 'pump-7')).rejects.toMatchObject({ code, message });
});

it('says that no edge answers', async () => {
  await expect(pair('http://127.0.0.1:1', 'ABCD', 'pump-7')).rejects.toMatchObject({ code: 'unavailable' });
});
