import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { anyCredential } from './any-credential.ts';
import { createHubDoor } from './hub.ts';
import { openWakeSocket } from './wake-socket.ts';

let hub: WebSocketServer;
beforeEach(async () => {
  hub = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await new Promise((up) => hub.once('listening', up));
});
afterEach(() => new Promise<void>((down) => hub.close(() => down())));
const door = () => createHubDoor(`http://127.0.0.1:${(hub.address() as AddressInfo).port}`, anyCredential());

it('counts a hub that has gone without a word as gone, so that another socket is made', async () => {
  await new Promise<void>((close) => openWakeSocket(door(), { wake: () => {}, close }, 50));
});

it('holds a socket for as long as the hub pings, and says when something waits', async () => {
  let closed = false;
  let pings = 0;
  hub.on('connection', (socket) => {
    const beat = setInterval(() => {
      socket.ping();
      if (++pings === 20) socket.send('{"wake":true}');
    }, 100);
    socket.on('close', () => clearInterval(beat));
  });
  let end = () => {};
  const close = () => {
    closed = true;
  };
  await new Promise<void>((wake) => {
    end = openWakeSocket(door(), { wake, close }, 1_500);
  });
  expect(closed).toBe(false);
  end();
});
