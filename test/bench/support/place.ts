import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog, config as edgeConfig, prepare, startAgent } from '@wayside/agent';
import { createHub, hubConfig } from '@wayside/hub';
import { type Pack, packsRoot } from '@wayside/packs';
import { enrolled } from '../../support/enrolled.ts';
import { freePort } from '../../support/free-port.ts';
import { type Client, client } from '../../support/site.ts';
import type { Clock } from './clock.ts';
import { findEmbedder } from './patient-embedder.ts';
import { type Queue, queueAt } from './queue.ts';

/** An edge of one conversation's own, so that no machine of another is talked of. */
export type Place = { operator: Client; broker: { url: string; username: string; password: string }; close(): Promise<void> };

export type Places = {
  packs: ReadonlyMap<string, Pack>;
  /** How many wait at the hub now. */
  queue(): Promise<Queue>;
  /** @param online is the hub there? Without it the edge was enrolled before and cannot reach it. */
  open(clock: Clock, online: boolean): Promise<Place>;
  close(): Promise<void>;
};

/**
 * One hub, and edges as they are asked for: real ones, on real ports, whose packs were read once.
 * @param lite without the embedder, as on a machine too small for one
 */
export async function createPlaces(lite: boolean): Promise<Places> {
  const folder = await mkdtemp(join(tmpdir(), 'wayside-support-'));
  const port = await freePort();
  const hub = createHub(hubConfig.parse({ data: join(folder, 'hub'), port, logLevel: 'silent' }));
  const { url, token } = await hub.start();
  const technician = client(
    () => url,
    () => token,
  );
  const prepared = await prepare(packsRoot, join(folder, 'none'));
  const embedder = lite ? undefined : findEmbedder();
  let edges = 0;

  return {
    packs: new Map(prepared.packs.map((pack) => [pack.family, pack])),
    queue: () => queueAt(technician),
    async open(clock, online) {
      const name = `edge-${++edges}`;
      const data = join(folder, name);
      const hubUrl = `http://127.0.0.1:${online ? port : await freePort()}`;
      await enrolled(data, name, `http://127.0.0.1:${port}`, await hub.createEnrolmentCode());
      const edge = await startAgent({
        config: edgeConfig.parse({ data, port: 0, mqttPort: 0, hubUrl, logLevel: 'silent' }),
        log: createLog('silent', 'edge'),
        now: clock.now,
        version: 'bench',
        prepare: async () => prepared,
        tier: { tier: 'lite', reason: { en: 'bench', zh: '基准测试' } },
        // An edge stops its embedder with itself; this one is everybody's.
        ...(embedder ? { embedder: { ...embedder, stop: async () => {} } } : {}),
      });
      const operator = client(
        () => edge.url,
        () => edge.token,
      );
      return {
        operator,
        broker: { url: `mqtt://127.0.0.1:${edge.mqttPort}`, ...edge.mqtt },
        async close() {
          await edge.stop();
          await rm(data, { recursive: true, force: true, maxRetries: 3 });
        },
      };
    },
    async close() {
      await embedder?.stop();
      await hub.stop();
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
