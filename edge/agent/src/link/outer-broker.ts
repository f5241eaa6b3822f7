import { readFile } from 'node:fs/promises';
import { parseTopic, WaysideError } from '@wayside/protocol';
import { connect, type IClientOptions, type MqttClient } from 'mqtt';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import { hostState } from './adapters/sparkplug-host.ts';

export type OuterBroker = {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Says it there, too. What is meant for now only (`once`) is dropped while the broker is away: a command must not arrive late. */
  publish(topic: string, payload: string | Uint8Array, how?: { retain?: boolean; once?: boolean }): void;
};

/** So many messages of QoS 0 are taken side by side; those of QoS 1 one after the other, as they are acknowledged. */
const sideBySide = 200;

/** What this edge itself says there, and hears again since it listens to everything. */
const isEcho = (topic: string) =>
  parseTopic(topic)?.channel === 'command' || topic === 'homeassistant/status' || topic.startsWith('homeassistant/device/wayside_');

/**
 * A broker the site already has (Mosquitto, EMQX, …): this edge is a client there, hears what its devices say and commands them there. A message of QoS 1 is
 * acknowledged when it is stored; the session is kept at the broker, so what was said while the edge was away is told when it is back. Who may speak for
 * which thing is that broker's to decide.
 * @throws WaysideError `invalid` on `start` when a file of the TLS settings cannot be read
 */
export function createOuterBroker(parts: {
  config: Config;
  edge: string;
  log: Log;
  now: () => number;
  onMessage(topic: string, payload: Uint8Array): Promise<void>;
}): OuterBroker {
  const { config, edge, log, now, onMessage } = parts;
  const host = config.sparkplugHost;
  let since = now();
  const url = config.brokerUrl!;
  let client: MqttClient | undefined;
  let inFlight = 0;
  let why = '';

  const take = (topic: string, payload: Uint8Array) => (isEcho(topic) ? Promise.resolve() : onMessage(topic, payload));

  function listen(to: MqttClient): void {
    to.handleMessage = ({ topic, payload, qos }, done) => {
      const bytes = typeof payload === 'string' ? Buffer.from(payload) : payload;
      const atOnce = qos === 0 && inFlight < sideBySide;
      inFlight++;
      take(topic, bytes).then(
        () => {
          inFlight--;
          if (!atOnce) done();
        },
        (err) => {
          inFlight--;
          log.warn(
            { err: String(err), topic: topic.slice(0, 120) },
            'a message of the site’s broker could not be stored; it is asked for again',
          );
          if (atOnce) return;
          // Not acknowledged: the broker says it again after the connection was made anew.
          if (qos > 0) to.stream.destroy();
          done();
        },
      );
      if (atOnce) done();
    };
    to.on('connect', () => {
      why = '';
      log.info({ broker: url }, 'the site’s broker is there');
      if (host !== undefined) say(to, hostState(host, true, since));
      to.subscribe(config.brokerTopics.split(/[\s,]+/).filter(Boolean), { qos: 1 }, (error, granted) => {
        const refused = granted?.filter(({ qos }) => qos > 2).map(({ topic }) => topic) ?? [];
        if (error || refused.length > 0)
          log.warn({ broker: url, refused, err: error?.message }, 'the site’s broker does not let this edge hear everything it asked for');
      });
    });
    // Said once for each reason, not at each of the attempts.
    const trouble = (reason: string) => {
      if (reason !== why) log.warn({ broker: url }, `the site’s broker cannot be reached: ${reason}; it is tried again`);
      why = reason;
    };
    to.on('error', (error) => trouble(error.message || ((error as NodeJS.ErrnoException).code ?? 'no answer')));
    to.on('close', () => {
      if (why === '') trouble('the connection ended');
      // A birth bears the time of its will, and both are of this connection.
      since = now();
      if (host !== undefined) to.options.will = willOf(host, since);
    });
  }

  return {
    async start() {
      since = now();
      const will = host === undefined ? {} : { will: willOf(host, since) };
      client = connect(url, { ...(await optionsOf(config)), ...will, clientId: `wayside-${edge}` });
      listen(client);
    },
    stop: async () => {
      if (host !== undefined && client?.connected) say(client, hostState(host, false, now()));
      await client?.endAsync();
    },
    publish(topic, payload, { retain = false, once = false } = {}) {
      if (!client || (once && !client.connected)) return;
      client.publish(topic, typeof payload === 'string' ? payload : Buffer.from(payload), { qos: once ? 0 : 1, retain }, (error) => {
        if (error) log.warn({ err: error.message, topic: topic.slice(0, 120) }, 'it could not be said at the site’s broker');
      });
    },
  };
}

function willOf(host: string, since: number) {
  const { topic, payload } = hostState(host, false, since);
  return { topic, payload: Buffer.from(payload), qos: 1, retain: true } as const;
}
const say = (client: MqttClient, { topic, payload }: ReturnType<typeof hostState>) =>
  client.publish(topic, payload, { qos: 1, retain: true });

async function optionsOf({ brokerUsername, brokerPassword, brokerCa, brokerCert, brokerKey }: Config): Promise<IClientOptions> {
  const read = async (file: string | undefined, setting: string) => {
    if (file === undefined) return {};
    const text = await readFile(file).catch((cause: NodeJS.ErrnoException) => {
      throw new WaysideError('invalid', `The setting broker${setting} names a file that cannot be read (${cause.code}): ${file}.`, {
        cause,
      });
    });
    return { [setting.toLowerCase()]: text };
  };
  return {
    ...(brokerUsername === undefined ? {} : { username: brokerUsername }),
    ...(brokerPassword === undefined ? {} : { password: brokerPassword }),
    ...(await read(brokerCa, 'Ca')),
    ...(await read(brokerCert, 'Cert')),
    ...(await read(brokerKey, 'Key')),
    clean: false,
    reconnectPeriod: 2_000,
    connectTimeout: 15_000,
  };
}
