/**
 * The edge's broker by itself, in a process of its own, with as much behind it as its first argument says:
 * `bare` takes messages and forgets them, `no-store` reads and diagnoses them but keeps none, `gathered` does the same and answers those that come together
 * together, as a store does, `durable` is what an edge does.
 */
import { join } from 'node:path';
import { loadPacks, packsRoot } from '@wayside/packs';
import { Events } from '../../../edge/agent/src/events.ts';
import { createAdapters } from '../../../edge/agent/src/link/adapters/adapters.ts';
import { createBroker } from '../../../edge/agent/src/link/broker.ts';
import { createLog } from '../../../edge/agent/src/log.ts';
import { createMachine } from '../../../edge/agent/src/machine.ts';
import { createMetrics } from '../../../edge/agent/src/metrics.ts';
import { openEdgeStore } from '../../../edge/agent/src/store/open.ts';
import { createGatherer } from '../../../edge/agent/src/telemetry/gather.ts';
import { type History, openHistory } from '../../../edge/agent/src/telemetry/history.ts';
import './with-parent.ts';

const [kind, folder] = process.argv.slice(2) as ['bare' | 'no-store' | 'gathered' | 'durable', string];
const credentials = { username: 'device', password: 'bench' };
const log = createLog('error', 'bench');
const forgetful: History = {
  write: async () => {},
  read: async () => ({ length: 0, times: new Float64Array(0), values: new Float64Array(0) }),
  prune: async () => undefined,
  keepWithin: async () => undefined,
  size: async () => 0,
  close: async () => {},
};

const { write } = createGatherer(
  () => undefined,
  () => {},
  async () => {},
);
if (kind === 'gathered') forgetful.write = write;
const history = kind === 'durable' ? await openHistory(join(folder, 'history.db')) : forgetful;
const store = await openEdgeStore(join(folder, 'edge.db'), Date.now);
const machine = createMachine({
  store,
  history,
  adapter: createAdapters(log, { send() {}, now: Date.now }),
  packs: new Map((await loadPacks(packsRoot)).packs.map((pack) => [pack.family, pack])),
  events: new Events(),
  metrics: createMetrics(),
  log,
  now: Date.now,
  onRecord: () => {},
});
const onMessage = kind === 'bare' ? async () => {} : machine.hear;
const broker = createBroker({ host: '127.0.0.1', port: 0, credentials, log, onMessage });
const { port } = await broker.start();
console.log(JSON.stringify({ port, ...credentials }));
process.once('SIGTERM', async () => {
  await broker.stop();
  await history.close();
  await store.close();
  process.exit(0);
});
