import { type Check, isConnected, must, published, same, until } from '../check.ts';

const isOffline =
  ({ edge, thing }: Parameters<Check['run']>[0]) =>
  async () =>
    (await edge.thing(thing))?.presence === 'offline';

/** As many as go out without waiting for an answer: a device gives itself two seconds, and an edge may be busy. */
const fewAtOnce = 5;

/** How a device goes. These come last: after each the program is begun anew, or not at all. */
export const leaving: Check[] = [
  {
    name: 'is said to be offline when it vanishes',
    source: 'presence: the last will',
    async run(bench) {
      await until('connection', isConnected(bench), 60_000);
      await bench.device.kill();
      await until('thing offline at the edge', isOffline(bench), 20_000);
      await bench.restart();
      await until('connection', isConnected(bench), 60_000);
    },
  },
  {
    name: 'stops in an orderly way: tells what it has, says offline, hangs up, ends',
    source: 'presence; MQTT 3.1.1 §3.14',
    async run(bench) {
      await until('acknowledgment of all that was told', async () => (await bench.device.ask({ do: 'state' })).buffered === 0, 60_000);
      const before = published(bench, 'telemetry').length;
      for (let i = 0; i < fewAtOnce; i++) await bench.device.mustDo({ do: 'publish', signals: { level: i } });
      await bench.device.mustDo({ do: 'stop' });
      same('its exit code', await bench.device.ended(10_000), 0);
      await until('thing offline at the edge', isOffline(bench));
      same('messages before it left', published(bench, 'telemetry').length - before, fewAtOnce);
      same('its last word', published(bench, 'presence').at(-1)?.text.replaceAll('"', ''), 'offline');
      must(bench.tap.heard.at(-1)?.packet.cmd === 'disconnect', 'it did not say DISCONNECT');
    },
  },
];
