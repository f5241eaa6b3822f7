import { topicOf, WaysideError } from '@wayside/protocol';
import mqtt from 'mqtt';

/** The kind of event that tells a simulated thing that somebody mended it. */
export const repairEvent = 'repair';

/**
 * Mends a simulated thing that runs somewhere else, by an event on its own topic. The edge hears the event too and only notes it: whether
 * the repair worked, it judges by the signals.
 * @throws WaysideError `unavailable` when the broker does not answer within five seconds or refuses
 */
export async function repairThing({
  url,
  thing,
  ...login
}: {
  url: string;
  thing: string;
  username?: string;
  password?: string;
}): Promise<void> {
  const client = mqtt.connect(url, { ...login, reconnectPeriod: 0, connectTimeout: 5_000 });
  try {
    await new Promise<void>((resolve, reject) => {
      client.once('connect', () => resolve());
      client.once('error', reject);
      client.once('close', () => reject(new Error('the connection was closed')));
    });
    await client.publishAsync(topicOf(thing, 'event'), JSON.stringify({ kind: repairEvent, name: 'by-hand' }), { qos: 1 });
  } catch (cause) {
    throw new WaysideError('unavailable', `${thing} could not be mended: ${(cause as Error).message}. Is the edge on ${url} running?`, {
      cause,
    });
  } finally {
    await client.endAsync(true);
  }
}
