import { description } from '@wayside/protocol';
import type { Packet } from 'mqtt-packet';
import { type Check, isOnline, must, published, said, same, until } from '../check.ts';

const connectOf = (packets: readonly { packet: Packet }[]) =>
  packets.map(({ packet }) => packet).find((packet) => packet.cmd === 'connect') as Extract<Packet, { cmd: 'connect' }> | undefined;

/** What a device says of itself as soon as it is there. */
export const hello: Check[] = [
  {
    name: 'connects with MQTT 3.1.1, its password, and a last will that says offline',
    source: 'MQTT 3.1.1 §3.1; presence',
    async run(bench) {
      const connect = await until('CONNECT', () => connectOf(bench.tap.heard), 20_000);
      same('the protocol level', connect.protocolVersion, 4);
      must(connect.clientId, 'the client id is empty');
      must(connect.keepalive! > 0 && connect.keepalive! <= 300, `a keep-alive of ${connect.keepalive} s lets a dead line go unseen`);
      const { will } = connect;
      must(will, 'there is no last will, so nobody would know that it vanished');
      same('the topic of the last will', will!.topic, `wayside/v1/things/${bench.thing}/presence`);
      same('the last will', [will!.payload.toString(), will!.retain, will!.qos], ['offline', true, 1]);
    },
  },
  {
    name: 'says that it is online, retained',
    source: 'presence',
    async run(bench) {
      await until('thing online at the edge', isOnline(bench));
      const [first] = await until('presence', () => published(bench, 'presence').length > 0 && published(bench, 'presence'));
      same('presence', [first!.text.replaceAll('"', ''), first!.retain], ['online', true]);
    },
  },
  {
    name: 'describes itself, retained: what it is, measures and does',
    source: 'description',
    async run(bench) {
      const [first] = await until('description', () => published(bench, 'description').length > 0 && published(bench, 'description'));
      same('the description’s retain flag', first!.retain, true);
      const read = description.safeParse(said(bench, 'description')[0]);
      must(
        read.success,
        `the description does not fit its schema: ${read.error?.issues[0]?.path.join('.')} ${read.error?.issues[0]?.message}`,
      );
      const { signals = {}, actions = {} } = read.data!;
      same(
        'the signals',
        Object.fromEntries(
          Object.entries(signals)
            .map(([name, { type }]) => [name, type])
            .sort(),
        ),
        {
          level: 'number',
          mode: 'string',
          running: 'boolean',
        },
      );
      same('the unit and limits of level', [signals.level?.unit, signals.level?.min, signals.level?.max], ['%', 0, 100]);
      same('the actions', Object.keys(actions).sort(), ['break', 'dim', 'drive', 'wait']);
      const known = await until('description at the edge', () =>
        bench.edge.thing(bench.thing).then((thing) => thing?.family === 'conformance' && thing),
      );
      same('the title at the edge', known.title, 'Conformance device');
    },
  },
  {
    name: 'listens for commands before it says that it is online',
    source: 'a command sent the moment it is online must find it listening',
    async run({ tap, thing }) {
      const order = tap.heard.flatMap(({ packet }) => {
        if (packet.cmd === 'subscribe')
          return packet.subscriptions.some(({ topic }) => topic === `wayside/v1/things/${thing}/command`) ? ['listens'] : [];
        return packet.cmd === 'publish' && packet.topic.endsWith('/presence') ? ['online'] : [];
      });
      same('the order', order.slice(0, 2), ['listens', 'online']);
    },
  },
];
