import { outcome as outcomeSchema, topicOf } from '@wayside/protocol';
import { type Bench, type Check, levelOf, must, pause, said, same, until } from '../check.ts';
import { publishing } from '../tap.ts';

let counted = 0;
const order = (name: string, args: Record<string, unknown> = {}, more: { id?: string; expires?: number } = {}) => ({
  id: `c_check${++counted}`,
  name,
  args,
  expires: Date.now() + 20_000,
  ...more,
});

/** Lays a command on the wire as the edge would, so that what an edge would never send can be tried too. */
const send = ({ tap, thing }: Bench, command: object) => tap.inject(publishing(topicOf(thing, 'command'), JSON.stringify(command)));

const outcomesOf = (bench: Bench, id: string) => said(bench, 'outcome').filter((one) => one.id === id);
const outcomeOf = (bench: Bench, id: string, within?: number) => until(`outcome of ${id}`, () => outcomesOf(bench, id)[0], within);
const runs = async ({ device }: Bench) => (await device.mustDo({ do: 'state' })).runs;

async function isRefused(bench: Bench, command: ReturnType<typeof order>, what: string): Promise<void> {
  const before = await runs(bench);
  send(bench, command);
  const { state, detail } = await outcomeOf(bench, command.id);
  same(`the outcome of a command ${what}`, state, 'refused');
  must(detail, `a command ${what} was refused without a reason`);
  same(`how often a handler ran after a command ${what}`, await runs(bench), before);
}

/** What a device makes of commands: done once, or refused with a reason. */
export const commands: Check[] = [
  {
    name: 'carries out a command somebody at the edge agreed to, and says the outcome',
    source: 'command, outcome',
    async run(bench) {
      const ended = await bench.edge.command(bench.thing, 'dim', { level: 40 });
      must(['done', 'confirmed'].includes(ended.state), `the edge says ${ended.state}: ${ended.detail ?? 'without a word'}`);
      await until('new level at the edge', async () => (await levelOf(bench)) === 40);
      for (const message of said(bench, 'outcome'))
        must(outcomeSchema.safeParse(message).success, `an outcome does not fit its schema: ${JSON.stringify(message)}`);
    },
  },
  {
    name: 'refuses a command that is expired, unknown or does not fit, and does nothing',
    source: 'command: expires; description: actions',
    async run(bench) {
      await isRefused(bench, order('dim', { level: 1 }, { expires: Date.now() - 60_000 }), 'that has expired');
      await isRefused(bench, order('explode'), 'nobody declared');
      await isRefused(bench, order('toString'), 'with a name every object has');
      await isRefused(bench, order('dim'), 'without its argument');
      await isRefused(bench, order('dim', { level: 'high' }), 'with a word for a number');
      await isRefused(bench, order('dim', { level: 101 }), 'beyond its limit');
      await isRefused(bench, order('dim', { level: 1, color: 'red' }), 'with an argument nobody declared');
    },
  },
  {
    name: 'carries out a command that comes twice once, and answers both times alike',
    source: 'MQTT 3.1.1 §4.3.2: at least once',
    async run(bench) {
      const before = (await runs(bench))!;
      const command = order('dim', { level: 33 });
      send(bench, command);
      await outcomeOf(bench, command.id);
      send(bench, command);
      const both = await until('second answer', () => outcomesOf(bench, command.id).length === 2 && outcomesOf(bench, command.id));
      same('the second outcome', both[1], both[0]);
      same('how often it was carried out', (await runs(bench))! - before, 1);
    },
  },
  {
    name: 'says failed, with the reason, when carrying it out goes wrong',
    source: 'outcome',
    async run(bench) {
      const command = order('break');
      send(bench, command);
      const { state, detail } = await outcomeOf(bench, command.id);
      same('the outcome', [state, detail], ['failed', 'the bulb is missing']);
    },
  },
  {
    name: 'says failed when it has not ended by the time it expires, and lives on',
    source: 'command: expires',
    async run(bench) {
      const command = order('wait', {}, { expires: Date.now() + 1_500 });
      send(bench, command);
      same('the outcome', (await outcomeOf(bench, command.id, 8_000)).state, 'failed');
      const next = order('dim', { level: 34 });
      send(bench, next);
      same('the outcome of the next', (await outcomeOf(bench, next.id)).state, 'done');
    },
  },
  {
    name: 'checks its own interlocks, whatever the edge thought',
    source: 'description: actions.drive.interlocks',
    async run(bench) {
      await bench.device.mustDo({ do: 'publish', signals: { running: false } });
      await isRefused(bench, order('drive'), 'whose interlock does not hold');
      await bench.device.mustDo({ do: 'publish', signals: { running: true } });
      const held = order('drive');
      send(bench, held);
      same('the outcome when it holds', (await outcomeOf(bench, held.id)).state, 'done');
      await pause(2_500);
      await isRefused(bench, order('drive'), 'whose interlock was last seen to hold more than two seconds ago');
    },
  },
  {
    name: 'ignores what is no command, and does the next one',
    source: 'bad frames',
    async run(bench) {
      const garbage: (string | Buffer)[] = [
        '',
        '{',
        '[]',
        'null',
        '"dim"',
        '{"id":"c"}',
        '{"id":1,"name":2,"args":3,"expires":4}',
        Buffer.from([0xff, 0xfe, 0x80]),
        `{"id":"c_deep","name":"dim","args":${'['.repeat(5_000)}`,
        'x'.repeat(200_000),
        `{"id":"${'i'.repeat(5_000)}","name":"dim","args":{"level":1},"expires":${Date.now() + 9_000}}`,
      ];
      const before = await runs(bench);
      for (const bytes of garbage) bench.tap.inject(publishing(topicOf(bench.thing, 'command'), bytes as Buffer));
      bench.tap.inject(publishing(topicOf('somebody-else', 'command'), JSON.stringify(order('dim', { level: 66 }))));
      bench.tap.inject(publishing('', JSON.stringify(order('dim', { level: 67 }))));
      await pause(300);
      same('how often a handler ran', await runs(bench), before);
      const good = order('dim', { level: 35 });
      // A device may end the connection over a packet that breaks MQTT; then it comes back by itself.
      await until(
        'outcome of a good command',
        () => {
          send(bench, good);
          return pause(400).then(() => outcomesOf(bench, good.id).length > 0);
        },
        45_000,
      );
      must(bench.device.isAlive(), 'the program has ended');
    },
  },
];
