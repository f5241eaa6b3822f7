import { dtc as dtcSchema, event as eventSchema, telemetry } from '@wayside/protocol';
import { type Bench, type Check, levelOf, must, published, said, same, until } from '../check.ts';

const began = Date.now();

/** Numbers of `level` in the order they went over the wire. */
const levels = (bench: Bench) => said(bench, 'telemetry').flatMap(({ signals }) => (signals as { level?: number }).level ?? []);

/** What a device tells: readings, trouble codes, events; and what it does not let out. */
export const telling: Check[] = [
  {
    name: 'publishes a number, a word and a truth as they are, with its own time',
    source: 'telemetry',
    async run(bench) {
      await bench.device.mustDo({ do: 'publish', signals: { level: 52.25, mode: 'busy', running: false } });
      const thing = await until('reading at the edge', async () => {
        const seen = await bench.edge.thing(bench.thing);
        return seen?.signals.level?.latest?.value === 52.25 && seen;
      });
      same('mode and running', [thing.signals.mode?.latest?.value, thing.signals.running?.latest?.value], ['busy', false]);
      same('their quality', thing.signals.level?.latest?.quality, 'good');
      const message = said(bench, 'telemetry')[0];
      must(telemetry.safeParse(message).success, `telemetry does not fit its schema: ${JSON.stringify(message)}`);
      must(published(bench, 'telemetry')[0]!.qos === 1, 'telemetry goes with QoS 0: what is lost on the way stays lost');
      const age = Math.abs(Date.now() - thing.signals.level!.latest!.observedAt);
      must(age < 60_000, `its clock is ${Math.round(age / 1_000)} s off`);
    },
  },
  {
    name: 'keeps the time it is given',
    source: 'telemetry: at',
    async run(bench) {
      const at = Date.now() - 30_000;
      await bench.device.mustDo({ do: 'publish', signals: { level: 11 }, at });
      await until('sample of that time', async () =>
        (await bench.edge.samples(bench.thing, 'level', at - 1)).some(([t, v]) => t === at && v === 11),
      );
    },
  },
  {
    name: 'publishes 300 readings in a row: all arrive, in order',
    source: 'MQTT 3.1.1 §4.6',
    async run(bench) {
      const from = levels(bench).length;
      const wanted = Array.from({ length: 300 }, (_, i) => i / 10);
      for (const [i, level] of wanted.entries()) {
        await bench.device.mustDo({ do: 'publish', signals: { level } });
        // WAYSIDE_BUFFER is 100: faster than the edge stores, a device may drop.
        if (i % 50 === 49)
          await until('acknowledgment of what was published', async () => (await bench.device.ask({ do: 'state' })).buffered === 0, 20_000);
      }
      await until('last of them at the edge', async () => (await levelOf(bench)) === 29.9, 20_000);
      same('what went over the wire', levels(bench).slice(from), wanted);
    },
  },
  {
    name: 'refuses what may not go on the wire, and says so where it was asked',
    source: 'telemetry: names, values',
    async run(bench) {
      const before = published(bench, 'telemetry').length;
      const wrong = [
        ['not a number', await bench.device.ask({ do: 'publish-nan' })],
        ['a name with a blank and a tag', await bench.device.ask({ do: 'publish', signals: { 'a <b>': 1 } })],
        ['a text of 300 characters', await bench.device.ask({ do: 'publish', signals: { mode: 'x'.repeat(300) } })],
      ] as const;
      for (const [what, { ok, why }] of wrong) {
        must(!ok, `${what} was accepted`);
        must(why, `${what} was refused without a reason`);
      }
      await bench.device.mustDo({ do: 'publish', signals: { level: 41 } });
      await until('next good reading', async () => (await levelOf(bench)) === 41);
      same('messages', published(bench, 'telemetry').length - before, 1);
    },
  },
  {
    name: 'tells a trouble code with its freeze frame, and that it is cleared',
    source: 'dtc',
    async run(bench) {
      const codes = async () => (await bench.edge.thing(bench.thing))?.dtcs ?? [];
      await bench.device.mustDo({ do: 'dtc', code: 'E07', state: 'confirmed', freezeFrame: { level: 99 } });
      const heard = await until('code at the edge', async () =>
        (await codes()).find(({ code, state }) => code === 'E07' && state === 'confirmed'),
      );
      same('the freeze frame', heard.freezeFrame, { level: 99 });
      await bench.device.mustDo({ do: 'dtc', code: 'E07', state: 'cleared' });
      await until('end of the code', async () => !(await codes()).some(({ code, state }) => code === 'E07' && state !== 'cleared'));
      for (const message of said(bench, 'dtc'))
        must(dtcSchema.safeParse(message).success, `a code does not fit its schema: ${JSON.stringify(message)}`);
    },
  },
  {
    name: 'tells a button',
    source: 'event',
    async run(bench) {
      await bench.device.mustDo({ do: 'event', kind: 'button', name: 'help' });
      const event = await until('event', () => said(bench, 'event')[0]);
      must(eventSchema.safeParse(event).success, `the event does not fit its schema: ${JSON.stringify(event)}`);
      same('the event', [event.kind, event.name], ['button', 'help']);
      must(
        Number.isFinite(typeof event.at === 'number' ? event.at : Date.parse(String(event.at ?? began))),
        'the time of the event is none',
      );
    },
  },
];
