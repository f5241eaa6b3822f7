import { spawn, spawnSync } from 'node:child_process';
import { connect, createServer, type Socket } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../support/free-port.ts';

/** What stands in front of the hubs. */
export type Front = { url: string; is: string; stop(): Promise<void> };

const settings = resolve(import.meta.dirname, '../../../deploy/hub/haproxy.cfg');

/** HAProxy with the settings that ship in `deploy`, where this machine has it; else a plain one of our own that takes the next hub when one does not answer. */
export async function startFront(hubs: readonly [string, string]): Promise<Front> {
  if (spawnSync('haproxy', ['-v']).status !== 0) return plain(hubs.map((url) => Number(new URL(url).port)));
  const address = `127.0.0.1:${await freePort()}`;
  const [HUB_A, HUB_B] = hubs.map((url) => new URL(url).host) as [string, string];
  const child = spawn('haproxy', ['-db', '-f', settings], { env: { ...process.env, FRONT: address, HUB_A, HUB_B }, stdio: 'ignore' });
  const gone = new Promise<void>((done) => child.once('exit', () => done()));
  while (!(await fetch(`http://${address}/healthz`).catch(() => undefined))?.ok) {
    if (child.exitCode !== null) throw new Error(`HAProxy ended with ${child.exitCode}; see haproxy -c -f ${settings}`);
    await sleep(50);
  }
  return {
    url: `http://${address}`,
    is: 'HAProxy',
    async stop() {
      child.kill('SIGTERM');
      await gone;
    },
  };
}

async function plain(ports: readonly number[]): Promise<Front> {
  let next = 0;
  const open = new Set<Socket>();
  const server = createServer((client) => {
    open.add(client);
    client.on('error', () => client.destroy());
    client.on('close', () => open.delete(client));
    const reach = (tries: number) => {
      const hub = connect(ports[next++ % ports.length] as number, '127.0.0.1');
      let reached = false;
      hub.on('connect', () => {
        reached = true;
        client.pipe(hub).pipe(client);
      });
      hub.on('error', () => (reached || tries === 0 ? client.destroy() : reach(tries - 1)));
      hub.on('close', () => reached && client.destroy());
      client.on('close', () => hub.destroy());
    };
    reach(1);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    is: 'a plain proxy of our own (HAProxy is not here)',
    async stop() {
      for (const socket of open) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}
