import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packsRoot } from '@wayside/packs';
import { type EdgeProcess, startEdge } from '../edge-process.ts';
import { type Bench, pause, quantile, type Row } from '../measure.ts';
import { listenForFaults } from './faults.ts';
import { detectorToParse } from './hot-path.ts';
import { type Load, type LoadResult, startLoad } from './load.ts';
import { startNodeRed } from './node-red.ts';

const devices = 100;
const family = 'bench-probe';
/** Messages a second at which processor time and delay are compared: what either side carries with ease. */
const easy = 2_000;
/** Each step asks for so much more than the one before, until one is not kept up; between those two it is looked closer, until they differ by so little. */
const stepUp = 1.3;
const closeEnough = 1.05;
const firstStep = 3_000;
/** A side that was asked for too much is given so many tries to come to rest. */
const triesToRest = 30;

/** One side of the comparison: where devices publish, and which processes work for it. */
type Side = {
  load: Load;
  pids: readonly number[] /** How long its loop was late since it was last asked, p99, ms. */;
  loopDelay?(): Promise<number>;
};

/** Processor time of processes with all their threads, ms (proc(5), fields 14 and 15, ticks of 10 ms). */
async function processorMs(pids: readonly number[]): Promise<number> {
  const spent = pids.map(async (pid) => {
    const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).replace(/^.*\) /s, '').split(' ');
    return 10 * (Number(fields[11]) + Number(fields[12]));
  });
  return (await Promise.all(spent)).reduce((a, b) => a + b, 0);
}

async function atEase({ load, pids }: Side, seconds: number) {
  const before = await processorMs(pids);
  const result = await load.run(easy, seconds);
  const microseconds = (1_000 * ((await processorMs(pids)) - before)) / result.sent;
  if (result.latencies.length === 0) throw new Error('No alarm was heard at ease.');
  return { microseconds, p99: quantile(result.latencies, 0.99) };
}

/** Every message was sent as asked and answered, and every alarm came, within half a second. */
const keptUp = (asked: number, { sent, acknowledged, spikes, latencies, achieved }: LoadResult) =>
  achieved >= 0.97 * asked && acknowledged >= sent && latencies.length >= spikes - 1 && quantile(latencies, 0.99) <= 500;

/** Waits until what was too much has been worked off: a rate that is kept with ease is kept again. */
async function rest({ load }: Side): Promise<void> {
  for (let n = 0; n < triesToRest; n++) if (keptUp(easy, await load.run(easy, 1))) return;
  throw new Error(`After too much, ${easy}/s were not kept up again.`);
}

/**
 * The highest rate that is kept up: by steps, and between the last that was and the first that was not by halves of what is between. A rate is too much when
 * it was not kept up twice: what else the machine does may fall into one try.
 */
async function highestRate(side: Side, seconds: number): Promise<{ rate: number; loopDelayMs: number }> {
  const { load, loopDelay } = side;
  let best = { rate: 0, asked: firstStep / stepUp, loopDelayMs: Number.NaN };
  let tooMuch = Number.POSITIVE_INFINITY;
  let failed = 0;
  while (tooMuch / best.asked > closeEnough) {
    const asked = Number.isFinite(tooMuch) ? Math.sqrt(best.asked * tooMuch) : best.asked * stepUp;
    await loopDelay?.();
    const result = await load.run(asked, seconds);
    const loopDelayMs = (await loopDelay?.()) ?? Number.NaN;
    if (keptUp(asked, result)) {
      best = { rate: result.achieved, asked, loopDelayMs };
      failed = 0;
      continue;
    }
    await rest(side);
    if (++failed < 2) continue;
    tooMuch = asked;
    failed = 0;
  }
  return best;
}

/** What the edge's own meter says (`perf_hooks.monitorEventLoopDelay`), without the 10 ms at which it looks. */
async function loopDelayOf({ ready: { url, token } }: EdgeProcess): Promise<number> {
  const text = await (await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } })).text();
  const seconds = Number(/^nodejs_eventloop_lag_p99_seconds (\S+)$/m.exec(text)?.[1]);
  return Math.max(0, 1_000 * seconds - 10);
}

/** Acknowledged messages that are not in the edge's history, after twice the rate it keeps up and a kill in the midst of it. */
async function lostAfter(edge: EdgeProcess, load: Load, folder: string, rate: number, seconds: number, flags: string[]): Promise<number> {
  await Promise.all([load.run(2 * rate, seconds), pause(700 * seconds).then(() => edge.kill())]);
  load.close();
  const again = await startEdge(folder, flags);
  try {
    let lost = 0;
    for (let device = 0; device < devices; device++) {
      const acknowledged = load.acknowledgedOf(device);
      const newest = [...acknowledged].slice(-15_000);
      const { points } = await again.operator.get(
        `/v1/things/probe-${device}/samples?signal=temperature&from=${newest[0] ?? 0}&to=${Date.now() + 3_600_000}`,
      );
      const kept = new Set((points as [number, number][]).map(([at]) => at));
      lost += newest.filter((at) => !kept.has(at)).length;
    }
    return lost;
  } finally {
    await again.stop();
  }
}

/** Telemetry to alarm, beside what people use for it today. */
export const telemetry: Bench = {
  name: 'telemetry',
  title: `From telemetry to alarm, ${devices} devices, QoS 1: the edge with schema, detectors of four kinds and a durable store, beside Mosquitto and Node-RED with one EWMA threshold and no store`,
  async run({ share, say }): Promise<Row[] | { skipped: string }> {
    const folder = await mkdtemp(join(tmpdir(), 'wayside-bench-'));
    const theirs = await startNodeRed(join(folder, 'node-red'), say);
    if ('missing' in theirs) return { skipped: theirs.missing };
    await cp(join(packsRoot, 'core'), join(folder, 'packs/core'), { recursive: true });
    await cp(join(import.meta.dirname, 'pack', family), join(folder, 'packs', family), { recursive: true });
    const flags = ['--packs', join(folder, 'packs')];
    const edge = await startEdge(folder, flags);
    const ourLoad = await startLoad({ ...edge.ready.mqtt, port: Number(new URL(edge.ready.mqtt.url).port) }, devices, (thing) =>
      JSON.stringify({ title: thing, family }),
    );
    const theirLoad = await startLoad({ port: theirs.port }, devices, () => undefined);
    theirs.onAlarm(theirLoad.heard);
    const stopListening = await listenForFaults(edge.ready, ourLoad.heard);
    const our: Side = { load: ourLoad, pids: [edge.process.pid!], loopDelay: () => loopDelayOf(edge) };
    const their: Side = { load: theirLoad, pids: theirs.pids };
    try {
      const seconds = Math.max(1, 8 * share);
      const rounds: { our: Awaited<ReturnType<typeof atEase>>; their: Awaited<ReturnType<typeof atEase>> }[] = [];
      for (let round = 0; round < 3; round++) {
        say(`at ease, round ${round + 1} of 3`);
        rounds.push({ our: await atEase(our, seconds), their: await atEase(their, seconds) });
      }
      const middle = (of: (round: (typeof rounds)[number]) => number) => quantile(rounds.map(of), 0.5);
      const steps = Math.max(1, 3 * share);
      say('the highest rate: Node-RED');
      const { rate: theirRate } = await highestRate(their, steps);
      say('the highest rate: ours');
      const { rate: ourRate, loopDelayMs } = await highestRate(our, steps);
      say('twice that, and a kill');
      stopListening();
      const lost = await lostAfter(edge, ourLoad, folder, ourRate, steps, flags);
      const is = 'Mosquitto and Node-RED';
      return [
        {
          metric: 'cpuMicroseconds',
          says: `Processor time of a message at ${easy}/s, µs`,
          value: middle((round) => round.our.microseconds),
          unit: '',
          peers: [{ is, value: middle((round) => round.their.microseconds), as: 'cpuToNodeRed', goal: { atMost: 0.25 } }],
        },
        {
          metric: 'highestRate',
          says: 'Highest rate kept up',
          value: ourRate,
          unit: '/s',
          peers: [{ is, value: theirRate, as: 'rateToNodeRed', goal: { atLeast: 3 } }],
        },
        {
          metric: 'loopDelayP99Ms',
          says: 'Delay of the loop that talks to people, at that rate, p99',
          value: loopDelayMs,
          unit: 'ms',
          goal: { atMost: 10 },
        },
        {
          metric: 'alarmP99Ms',
          says: `Sample to alarm at ${easy}/s, p99`,
          value: middle((round) => round.our.p99),
          unit: 'ms',
          peers: [{ is, value: middle((round) => round.their.p99), as: 'p99ToNodeRed', goal: { atMost: 0.33 } }],
        },
        {
          metric: 'lostQos1',
          says: 'Acknowledged samples lost at twice that rate and over kill -9',
          value: lost,
          unit: '',
          goal: { atMost: 0 },
        },
        {
          metric: 'detectorToParse',
          says: 'Parse, check and detectors of four metrics, to JSON.parse alone',
          value: detectorToParse(),
          unit: '',
          goal: { atMost: 1.2 },
        },
      ];
    } finally {
      ourLoad.close();
      theirLoad.close();
      stopListening();
      await theirs.stop();
      await edge.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
};
