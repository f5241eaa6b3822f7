/** A device as one writes it in a hurry: the suite must find what is wrong with it. */
import { createInterface } from 'node:readline';
import mqtt from 'mqtt';

const { MQTT_URL = '', MQTT_USERNAME = '', MQTT_PASSWORD = '', WAYSIDE_THING = '' } = process.env;
const topic = (channel: string) => `wayside/v1/things/${WAYSIDE_THING}/${channel}`;
const client = mqtt.connect(MQTT_URL, { username: MQTT_USERNAME, password: MQTT_PASSWORD, keepalive: 0 });
let runs = 0;

client.on('connect', () => {
  client.publish(topic('presence'), 'online');
  client.publish(
    topic('description'),
    JSON.stringify({ title: 'Careless', family: 'conformance', signals: { level: { title: 'Level', type: 'number' } } }),
  );
  client.subscribe(topic('command'));
});
client.on('message', (_, payload) => {
  const { id, args } = JSON.parse(payload.toString()) as { id: string; args: { level: number } };
  runs++;
  client.publish(topic('outcome'), JSON.stringify({ id, state: 'done', level: args.level }));
});
createInterface({ input: process.stdin }).on('line', (line) => {
  const { do: what, ...ask } = JSON.parse(line) as { do: string } & Record<string, unknown>;
  if (what === 'publish') client.publish(topic('telemetry'), JSON.stringify(ask));
  process.stdout.write(`${JSON.stringify({ ok: true, connected: client.connected, buffered: 0, runs })}\n`);
});
