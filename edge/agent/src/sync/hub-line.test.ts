import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anyCredential } from './any-credential.ts';
import { createHubDoor, HubRefused } from './hub.ts';

const date = new Date(Date.parse('2026-11-26T12:00:00Z')).toUTCString();
const batch = JSON.stringify({ envelopes: [], more: false });
const http = (status: string, headers: string[], body: string) =>
  [`HTTP/1.1 ${status}`, `date: ${date}`, `content-length: ${body.length}`, ...headers, '', body].join('\r\n');

/** A hub, down to its bytes. */
let answers: string[];
let connections: Socket[];
let asked: string[];
const hub = createServer((socket) => {
  connections.push(socket);
  socket.on('data', (bytes) => {
    asked.push(String(bytes).split('\r\n')[0] as string);
    const answer = answers.shift();
    if (answer === undefined) socket.destroy();
    else socket.write(answer);
  });
  socket.on('error', () => {});
});
beforeEach(async () => {
  [answers, connections, asked] = [[], [], []];
  await new Promise<void>((up) => hub.listen(0, '127.0.0.1', up));
});
afterEach(async () => {
  for (const each of connections) each.destroy();
  await new Promise<unknown>((down) => hub.close(down));
});
/** By a clock that stands: what the hub tells of the time is an hour ahead of it. */
const now = () => Date.parse(date) - 3_600_000;
const door = () => createHubDoor(`http://127.0.0.1:${(hub.address() as AddressInfo).port}`, anyCredential(), { now });
const refusal = (): Promise<HubRefused> =>
  door()
    .down(0, 1)
    .catch((error) => error);

describe('the line to the hub', () => {
  it('asks on the connection it has', async () => {
    answers = [http('200 OK', [], batch), http('200 OK', [], batch)];
    const { down } = door();
    expect(await down(0, 1)).toMatchObject({ more: false });
    expect(await down(7, 1)).toMatchObject({ more: false });
    expect(asked).toEqual(['GET /v1/sync/down?after=0&limit=1 HTTP/1.1', 'GET /v1/sync/down?after=7&limit=1 HTTP/1.1']);
    expect(connections).toHaveLength(1);
  });

  it.each([
    ['120', 120_000],
    ['Thu, 26 Nov 2026 12:01:30 GMT', 90_000],
    ['Thu, 26 Nov 2026 11:00:00 GMT', 0],
    ['86400', 0],
    ['soon', 0],
    ['', 0],
  ])('comes again when the hub asks for it: Retry-After: %s', async (said, waitMs) => {
    answers = [http('503 Service Unavailable', [`retry-after: ${said}`], '{"detail":"full"}')];
    expect(await refusal()).toMatchObject({ code: 'unavailable', waitMs, message: 'The hub answered 503: full' });
  });

  it('follows nobody who sends it elsewhere', async () => {
    answers = [http('307 Temporary Redirect', ['location: http://elsewhere.invalid/'], '')];
    expect(await refusal()).toMatchObject({ code: 'unavailable', status: 307 });
    expect(asked).toHaveLength(1);
  });

  it.each([
    ['speaks no HTTP', '220 mail.invalid ESMTP\r\n'],
    ['knows a status that HTTP does not', http('999 Whatever', [], '')],
    ['sends headers without end', `HTTP/1.1 200 OK\r\nx: ${'x'.repeat(100_000)}`],
    ['closes without a word', undefined],
    ['sends no JSON', http('200 OK', [], '<html>')],
    ['sends another answer than was asked for', http('200 OK', [], '{"envelopes":7}')],
  ])('is none to a hub that %s', async (_, answer) => {
    answers = answer === undefined ? [] : [answer];
    const error = await refusal();
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(HubRefused);
  });

  it('hears it when the hub goes in the middle of an answer', async () => {
    answers = [http('200 OK', [], 'x'.repeat(10)).slice(0, -5)];
    const reading = door().log('checkpoint');
    await expect.poll(() => asked.length).toBe(1);
    connections[0]?.end();
    await expect(reading).rejects.toThrow();
  });
});
