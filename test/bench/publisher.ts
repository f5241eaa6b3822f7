import { once } from 'node:events';
import { connect } from 'node:net';
import { topicOf } from '@wayside/protocol';
import { generate } from 'mqtt-packet';

export type Publisher = { acknowledged(): number; stop(): void };

/**
 * One device that publishes with QoS 1 as fast as it is acknowledged, `window` messages on the way at a time. It speaks
 * MQTT 3.1.1 straight on a socket and only counts what comes back, so that what is measured is the broker and not the client.
 */
export async function startPublisher(
  broker: { port: number; username: string; password: string },
  thing: string,
  description: string,
  nextTelemetry: () => string,
  window: number,
): Promise<Publisher> {
  const socket = connect(broker.port, '127.0.0.1');
  socket.setNoDelay(true);
  await once(socket, 'connect');
  const { username, password } = broker;
  socket.write(
    generate({
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: 4,
      clean: true,
      clientId: thing,
      keepalive: 0,
      username,
      password: Buffer.from(password),
    }),
  );
  let connack = Buffer.alloc(0);
  while (connack.length < 4) connack = Buffer.concat([connack, ...((await once(socket, 'data')) as [Buffer])]);
  if (connack[0] !== 0x20 || connack[3] !== 0) throw new Error(`${thing} may not connect: ${connack.toString('hex')}`);

  let messageId = 0;
  const publish = (topic: string, payload: string) => {
    messageId = (messageId % 65_535) + 1;
    return generate({ cmd: 'publish', topic, payload, qos: 1, messageId, dup: false, retain: false });
  };
  const topic = topicOf(thing, 'telemetry');
  // The description is the first to be acknowledged; it is no telemetry.
  let acknowledged = -1;
  let pending = 0;
  let running = true;
  socket.on('data', (bytes: Buffer) => {
    // After CONNACK a device that subscribed to nothing hears PUBACKs only, four bytes each (MQTT 3.1.1 §3.4).
    pending += bytes.length;
    const acks = Math.floor(pending / 4);
    pending -= 4 * acks;
    acknowledged += acks;
    if (!running || acks === 0) return;
    socket.write(Buffer.concat(Array.from({ length: acks }, () => publish(topic, nextTelemetry()))));
  });
  socket.on('error', () => {});
  socket.write(publish(topicOf(thing, 'description'), description));
  socket.write(Buffer.concat(Array.from({ length: window - 1 }, () => publish(topic, nextTelemetry()))));
  return {
    acknowledged: () => Math.max(0, acknowledged),
    stop() {
      running = false;
      socket.destroy();
    },
  };
}
