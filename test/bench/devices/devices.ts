import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packsRoot } from '@wayside/packs';
import { residentMb, startEdge } from '../edge-process.ts';
import { type Bench, type Peer, pause, quantile, type Row, some } from '../measure.ts';
import { acknowledgments, gather, overheat } from './crowd.ts';
import { listenForFaults } from './faults.ts';
import { type BrokerAddress, type Load, startLoad } from './load.ts';
import { startNodeRed } from './node-red.ts';

const family = 'bench-probe';
const talking = 1_000;
const connected = 5_000;
/** Each of those that talk says something every two seconds. */
const rate = talking / 2;
const is = 'Mosquitto and Node-RED';

/** One side: how it is begun, and what then can be measured. */
type Side = {
  address: BrokerAddress;
  pids: readonly number[];
  onAlarm(tell: (thing: string) => void): Promise<() => void>;
  stop(): Promise<unknown>;
};
type Measured = { readyMs: number; mb: number; mbAll: number; ack: number; ackAll: number };

/** Many devices at one edge, beside what people use for it today, in one run and under the same load. */
export const devices: Bench = {
  name: 'devices',
  title: `${talking} devices that each say something every two seconds, then ${connected} connected of which those talk: the edge with store, rules and a panel's API, beside Mosquitto and Node-RED with one threshold and no store`,
  async run({ share, say }): Promise<Row[] | { skipped: string }> {
    const folder = await mkdtemp(join(tmpdir(), 'wayside-bench-'));
    const few = some(talking, share);
    const all = some(connected, share);
    const seconds = Math.max(2, 30 * share);
    try {
      // Once before anything is measured: it may have to be fetched.
      const first = await startNodeRed(join(folder, 'node-red'), say);
      if ('missing' in first) return { skipped: first.missing };
      await first.stop();
      await cp(join(packsRoot, 'core'), join(folder, 'packs/core'), { recursive: true });
      await cp(join(import.meta.dirname, 'pack', family), join(folder, 'packs', family), { recursive: true });

      const our = await measure(
        () => ourSide(folder),
        few,
        all,
        seconds,
        (line) => say(`ours: ${line}`),
      );
      const their = await measure(
        () => theirSide(folder, say),
        few,
        all,
        seconds,
        (line) => say(`Node-RED: ${line}`),
      );
      const kib = ({ mb, mbAll }: Measured) => ((mbAll - mb) * 1e6) / 1024 / (all - few);
      const row = (
        metric: string,
        says: string,
        of: (side: Measured) => number,
        unit: Row['unit'],
        peer?: Omit<Peer, 'is' | 'value'>,
      ): Row => ({
        metric,
        says,
        value: of(our),
        unit,
        ...(peer ? { peers: [{ is, value: of(their), ...peer }] } : {}),
      });
      return [
        row('readyMs', 'From its start, with a store of yesterday, to the first alarm', ({ readyMs }) => readyMs, 'ms', {
          as: 'readyToNodeRed',
          goal: { atMost: 0.25 },
        }),
        row('ackP99Ms', `Wait for an acknowledgment, p99, ${few} devices`, ({ ack }) => ack, 'ms', { as: 'ackToNodeRed' }),
        row('ackP99MsAll', `The same, ${all} connected`, ({ ackAll }) => ackAll, 'ms', { as: 'ackAllToNodeRed' }),
        row('residentMb', `Resident with ${few} devices`, ({ mb }) => mb, 'MB', { as: 'residentToNodeRed', goal: { atMost: 0.5 } }),
        {
          ...row('kibPerDevice', 'KiB for each device more', kib, ''),
          goal: { atMost: 10 },
          peers: [{ is, value: kib(their), as: 'perDeviceToNodeRed' }],
        },
        { metric: 'bytesPerDevice', says: 'The same in bytes', value: 1_024 * kib(our), unit: 'bytes' },
        { metric: 'connected', says: 'Connected at the end', value: all, unit: '' },
      ];
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function measure(
  begin: () => Promise<Side>,
  few: number,
  all: number,
  seconds: number,
  say: (line: string) => void,
): Promise<Measured> {
  // A first life makes the store that the second one has to read.
  say('a first life');
  const before = await begin();
  const first = await talk(before, few);
  await first.load.run(rate, seconds / 3);
  first.end();
  await before.stop();

  say('its start');
  const began = performance.now();
  const side = await begin();
  const alarmed = Promise.withResolvers<number>();
  const deaf = await side.onAlarm((thing) => thing === 'newcomer' && alarmed.resolve(performance.now() - began));
  await overheat(side.address, describe('newcomer'));
  const readyMs = await alarmed.promise;
  deaf();

  say(`${few} devices`);
  const { load, end } = await talk(side, few);
  const [, waits] = await Promise.all([load.run(rate, seconds), acknowledgments(side.address, seconds)]);
  const mb = await resident(side);
  say(`${all} devices`);
  const disperse = await gather(side.address, few, all);
  await pause(2_000);
  const [, waitsAll] = await Promise.all([load.run(rate, seconds), acknowledgments(side.address, seconds)]);
  const mbAll = await resident(side);
  disperse();
  end();
  await side.stop();
  return { readyMs, mb, mbAll, ack: quantile(waits, 0.99), ackAll: quantile(waitsAll, 0.99) };
}

const describe = (thing: string) => JSON.stringify({ title: thing, family });
async function talk(side: Side, few: number): Promise<{ load: Load; end(): void }> {
  const load = await startLoad(side.address, few, describe);
  const deaf = await side.onAlarm(load.heard);
  return {
    load,
    end() {
      deaf();
      load.close();
    },
  };
}

const resident = async ({ pids }: Side): Promise<number> => (await Promise.all(pids.map(residentMb))).reduce((a, b) => a + b, 0);

async function ourSide(folder: string): Promise<Side> {
  const edge = await startEdge(folder, ['--packs', join(folder, 'packs')]);
  return {
    address: { ...edge.ready.mqtt, port: Number(new URL(edge.ready.mqtt.url).port) },
    pids: [edge.process.pid!],
    onAlarm: (tell) => listenForFaults(edge.ready, tell),
    stop: edge.stop,
  };
}

async function theirSide(folder: string, say: (line: string) => void): Promise<Side> {
  const red = await startNodeRed(join(folder, 'node-red'), say);
  if ('missing' in red) throw new Error(red.missing);
  let told: ((thing: string) => void) | undefined;
  red.onAlarm((thing) => told?.(thing));
  return {
    address: { port: red.port },
    pids: red.pids,
    async onAlarm(tell) {
      told = tell;
      return () => {
        told = undefined;
      };
    },
    stop: red.stop,
  };
}
