import { topicOf } from '@wayside/protocol';
import { connect } from 'mqtt';

/** A boiler with a lamp, on the wire itself: it does what it is told each time it is told, and counts, where an SDK would know a command again. */
export function createLamp(mqtt: { url: string; username: string; password: string }) {
  const id = 'boiler-1';
  /** The ids of all commands that came, in order. */
  const reached: string[] = [];
  let lit = false;
  const client = connect(mqtt.url, { username: mqtt.username, password: mqtt.password, clientId: 'lamp', reconnectPeriod: 100 });
  const say = (what: 'description' | 'telemetry' | 'outcome', body: unknown, retain = false) =>
    client.connected && client.publish(topicOf(id, what), JSON.stringify(body), { qos: 1, retain });
  // While the edge is dead that is what happens.
  client.on('error', () => {});
  client.on('connect', () => {
    say('description', { title: 'Boiler', family: 'boiler' }, true);
    client.subscribe(topicOf(id, 'command'), { qos: 1 });
  });
  client.on('message', (_, payload) => {
    const told = JSON.parse(payload.toString()) as { id: string; args: { on: boolean } };
    reached.push(told.id);
    lit = told.args.on;
    say('outcome', { id: told.id, state: 'done' });
  });
  const speaking = setInterval(() => say('telemetry', { signals: { flow: 20, burning: false, lit } }), 100);
  return {
    id,
    reached,
    isLit: () => lit,
    stop: async () => {
      clearInterval(speaking);
      await client.endAsync(true);
    },
  };
}
export type Lamp = ReturnType<typeof createLamp>;
