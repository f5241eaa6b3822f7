import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packsRoot } from '@wayside/packs';
import { readRecording } from '@wayside/simulators';
import { type Bench, pause, type Row } from './measure.ts';
import { startPeer } from './peers/start-peer.ts';
import { type Publisher, startPublisher } from './publisher.ts';

const devices = 20;
const window = 50;

/** Samples acknowledged each second by the broker with so much behind it. */
async function rateOf(kind: 'bare' | 'no-store' | 'gathered' | 'durable', seconds: number): Promise<number> {
  const temporary = await mkdtemp(join(tmpdir(), 'wayside-bench-'));
  const broker = await startPeer<{ port: number; username: string; password: string }>('ingest-broker.ts', [kind, temporary]);
  const { rows } = await readRecording(join(packsRoot, 'vehicle/recordings/seat-leon-drive.csv'));
  const signals = rows.map((row) => JSON.stringify(row));
  const perMessage = Object.keys(rows[0]!).length;
  let n = 0;
  const next = () => `{"at":${Date.now()},"signals":${signals[n++ % signals.length]}}`;
  const description = JSON.stringify({ title: 'Bench car', family: 'vehicle' });
  const publishers: Publisher[] = [];
  try {
    for (let i = 0; i < devices; i++) publishers.push(await startPublisher(broker.ready, `car-${i}`, description, next, window));
    const count = () => publishers.reduce((sum, publisher) => sum + publisher.acknowledged(), 0);
    await pause(1_000 * Math.min(1, seconds));
    const [began, before] = [performance.now(), count()];
    await pause(1_000 * seconds);
    const rate = (1_000 * perMessage * (count() - before)) / (performance.now() - began);
    if (rate === 0) throw new Error(`The ${kind} broker acknowledged nothing.`);
    return rate;
  } finally {
    for (const publisher of publishers) publisher.stop();
    await broker.stop();
    await rm(temporary, { recursive: true, force: true });
  }
}

/** How much telemetry an edge can take in when each message is acknowledged only after it is on disk. */
export const ingest: Bench = {
  name: 'ingest',
  title: `Telemetry over MQTT, QoS 1, ${devices} devices with ${window} messages on the way each, 9 signals of a real drive in a message`,
  async run({ share, say }): Promise<Row[]> {
    const seconds = 8 * share;
    say('durable');
    const durable = await rateOf('durable', seconds);
    say('without a store');
    const noStore = await rateOf('no-store', seconds);
    say('without a store, answered together');
    const gathered = await rateOf('gathered', seconds);
    say('the bare broker');
    const bare = await rateOf('bare', seconds);
    return [
      {
        metric: 'samplesPerSecond',
        says: 'Samples stored, diagnosed and acknowledged',
        value: durable,
        unit: '/s',
        peers: [
          { is: 'the same without a store, each message answered by itself', value: noStore, as: 'toNoStore' },
          { is: 'the same without a store, answered together as with one', value: gathered, as: 'toGathered' },
          { is: 'the broker alone, nothing read', value: bare, as: 'toBareBroker' },
        ],
      },
    ];
  },
};
