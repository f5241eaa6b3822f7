import { type Bench, type Check, isConnected, must, published, same, until } from '../check.ts';

const isOffline =
  ({ edge, thing }: Bench) =>
  async () =>
    (await edge.thing(thing))?.presence === 'offline';

const lastWord = (bench: Bench) => published(bench, 'presence').at(-1)?.text.replaceAll('"', '');

/** As many as go out without waiting for an answer. */
const fewAtOnce = 5;

/** The time a device gives itself to say goodbye, ms. An edge that is busy may not answer within it; then nothing is known of how it leaves. */
const farewellMs = 2_000;

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
      for (let tries = 3; ; tries--) {
        await until('acknowledgment of all that was told', async () => (await bench.device.ask({ do: 'state' })).buffered === 0, 60_000);
        const before = published(bench, 'telemetry').length;
        for (let i = 0; i < fewAtOnce; i++) await bench.device.mustDo({ do: 'publish', signals: { level: i } });
        const asked = performance.now();
        await bench.device.mustDo({ do: 'stop' });
        same('its exit code', await bench.device.ended(10_000), 0);
        const timely = performance.now() - asked < farewellMs;
        await until('thing offline at the edge', isOffline(bench));
        if (timely || tries === 1 || lastWord(bench) === 'offline') {
          same('messages before it left', published(bench, 'telemetry').length - before, fewAtOnce);
          same('its last word', lastWord(bench), 'offline');
          return must(bench.tap.heard.at(-1)?.packet.cmd === 'disconnect', 'it did not say DISCONNECT');
        }
        await bench.restart();
        await until('connection', isConnected(bench), 60_000);
      }
    },
  },
];
