import { createDevice } from '@wayside/device-sdk';
import { topicOf } from '@wayside/protocol';
import { connectAsync } from 'mqtt';

/** Publishes readings with QoS 1, by the SDK or by MQTT.js bare, a hundred on their way at a time: `publish-node.ts sdk|bare URL USER PASSWORD COUNT`. */
const [way, url, username, password, told] = process.argv.slice(2) as [string, string, string, string, string];
const count = Number(told);
const window = 100;
const turn = () => new Promise((done) => setImmediate(done));

async function bySdk(): Promise<number> {
  const description = { title: 'Bench', family: 'generic', signals: { level: { title: 'Level', type: 'number' } } } as const;
  const device = createDevice({ url, username, password, id: 'bench-sdk', description });
  await device.start();
  const began = performance.now();
  for (let i = 0; i < count; i++) {
    while (device.state().buffered >= window) await turn();
    device.publish({ level: i });
  }
  while (device.state().buffered > 0) await turn();
  const took = performance.now() - began;
  await device.stop();
  return took;
}

async function bare(): Promise<number> {
  const client = await connectAsync(url, { username, password });
  const topic = topicOf('bench-bare', 'telemetry');
  let waiting = 0;
  const began = performance.now();
  for (let i = 0; i < count; i++) {
    while (waiting >= window) await turn();
    waiting++;
    client.publish(topic, JSON.stringify({ at: Date.now(), signals: { level: i } }), { qos: 1 }, () => waiting--);
  }
  while (waiting > 0) await turn();
  const took = performance.now() - began;
  await client.endAsync();
  return took;
}

const took = await (way === 'sdk' ? bySdk() : bare());
process.stdout.write(`${JSON.stringify({ rate: (1_000 * count) / took, mb: process.memoryUsage.rss() / 1e6 })}\n`);
process.exit(0);
