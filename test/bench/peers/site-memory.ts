/**
 * A site by itself, in a process of its own: so many things with so many signals each speak every ten seconds for some hours of their own time, faster than life. Prints
 * what the process holds after each of them, MB after a garbage collection.
 */
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { loadPacks, packsRoot } from '@wayside/packs';
import { topicOf } from '@wayside/protocol';
import { Events } from '../../../edge/agent/src/events.ts';
import { createAdapters } from '../../../edge/agent/src/link/adapters/adapters.ts';
import { createLog } from '../../../edge/agent/src/log.ts';
import { createMachine } from '../../../edge/agent/src/machine.ts';
import { createMetrics } from '../../../edge/agent/src/metrics.ts';
import { openEdgeStore } from '../../../edge/agent/src/store/open.ts';
import { openHistory } from '../../../edge/agent/src/telemetry/history.ts';
import './with-parent.ts';

const [folder, things, signals, hours] = [process.argv[2]!, ...process.argv.slice(3).map(Number)] as [string, number, number, number];
const everyMs = 10_000;
const log = createLog('error', 'bench');
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

let now = Date.parse('2026-11-22T00:00:00Z');
const store = await openEdgeStore(join(folder, 'edge.db'), () => now);
const history = await openHistory(join(folder, 'history.db'));
const machine = createMachine({
  store,
  history,
  adapter: createAdapters(log, { send() {}, now: Date.now }),
  packs: new Map((await loadPacks(packsRoot)).packs.map((pack) => [pack.family, pack])),
  events: new Events(),
  metrics: createMetrics(),
  log,
  now: () => now,
  onRecord: () => {},
});

const names = Array.from({ length: signals }, (_, i) => `temperature_${i}`);
const described = {
  title: 'Thing',
  signals: Object.fromEntries(names.map((name) => [name, { title: name, type: 'number', unit: 'celsius' }])),
};
const say = (thing: number, channel: 'description' | 'telemetry', message: object) =>
  machine.hear(topicOf(`thing-${thing}`, channel), Buffer.from(JSON.stringify(message)));
const value = (thing: number, i: number) =>
  Math.round(10 * (20 + i + 3 * Math.sin(now / 600_000 + thing) + Math.sin(now * 0.0137 + 7 * i + thing))) / 10;

for (let thing = 0; thing < things; thing++) await say(thing, 'description', described);
const heapMb: number[] = [];
for (let round = 1; round <= (hours * 3_600_000) / everyMs; round++) {
  now += everyMs;
  await Promise.all(
    Array.from({ length: things }, (_, thing) =>
      say(thing, 'telemetry', { at: now, signals: Object.fromEntries(names.map((name, i) => [name, value(thing, i)])) }),
    ),
  );
  machine.tick();
  if ((round * everyMs) % 3_600_000 !== 0) continue;
  collect();
  const { heapUsed, external } = process.memoryUsage();
  heapMb.push((heapUsed + external) / 1e6);
}
console.log(JSON.stringify({ heapMb, faults: machine.watch.faults().length }));
await machine.stop();
await history.close();
await store.close();
process.exit(0);
