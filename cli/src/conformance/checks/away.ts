import type { Value } from '@wayside/protocol';
import { type Bench, type Check, isConnected, isOnline, must, pause, published, Skipped, same, until } from '../check.ts';

const sees = (bench: Bench, at: number, level: number) => async () =>
  (await bench.edge.samples(bench.thing, 'level', at - 1)).filter(([t, v]) => t === at && v === level).length;

/** The longest wait between two attempts that a device may make, with room for a busy machine. */
const comesBackWithin = 60_000;

/** What a device does while the edge cannot be reached, and after. */
export const away: Check[] = [
  {
    name: 'keeps what it reads while the edge is away and tells it after, with the times it was read',
    source: 'offline',
    async run(bench) {
      await until('connection', isConnected(bench), comesBackWithin);
      bench.tap.cut();
      await until('notice of the loss', async () => !(await isConnected(bench)()), 20_000);
      const begin = Date.now() - 5_000;
      for (let i = 0; i < 40; i++) await bench.device.mustDo({ do: 'publish', signals: { level: i }, at: begin + i * 10 });
      await bench.device.mustDo({ do: 'dtc', code: 'E08', state: 'confirmed' });
      must(((await bench.device.mustDo({ do: 'state' })).buffered ?? 0) >= 41, 'less is waiting than was published');
      bench.tap.back();
      await until('connection again', isConnected(bench), comesBackWithin);
      await until('last reading at the edge', sees(bench, begin + 390, 39), 20_000);
      const told = Array.from({ length: 40 }, (_, i): [number, number] => [begin + i * 10, i]);
      // A command of a check before this one may have left a reading of its own among these times.
      const isTold = ([t, v]: [number, Value]) => told.some(([at, level]) => t === at && v === level);
      same('what the edge has of that time', (await bench.edge.samples(bench.thing, 'level', begin - 1)).filter(isTold), told);
      must(
        (await bench.edge.thing(bench.thing))?.dtcs.some(({ code }) => code === 'E08'),
        'the trouble code was lost',
      );
      await until('thing online again', isOnline(bench));
      await bench.device.mustDo({ do: 'dtc', code: 'E08', state: 'cleared' });
    },
  },
  {
    name: 'describes itself anew on each connection',
    source: 'description: an edge may have forgotten',
    async run(bench) {
      const connections = new Set(published(bench, 'description').map(({ connection }) => connection));
      must(connections.size >= 2, 'it described itself only on its first connection');
    },
  },
  {
    name: 'sends again what was not acknowledged, with the same time; the edge holds it once',
    source: 'MQTT 3.1.1 §4.4; replay',
    async run(bench) {
      bench.tap.loseAcks(true);
      const at = Date.now();
      await bench.device.mustDo({ do: 'publish', signals: { level: 77 }, at });
      const sent = () => published(bench, 'telemetry').filter(({ text }) => text.includes(String(at)));
      await until('reading on the wire', () => sent().length > 0);
      bench.tap.cut();
      await until('notice of the loss', async () => !(await isConnected(bench)()), 20_000);
      bench.tap.loseAcks(false);
      bench.tap.back();
      await until(
        'same reading on a second connection',
        () => new Set(sent().map(({ connection }) => connection)).size > 1,
        comesBackWithin,
      );
      same('the reading at the edge', await until('reading at the edge', sees(bench, at, 77)), 1);
    },
  },
  {
    name: 'holds to its bounds when it is away for long: the oldest readings go, trouble codes stay',
    source: 'offline: bounded',
    async run(bench) {
      bench.tap.cut();
      await until('notice of the loss', async () => !(await isConnected(bench)()), 20_000);
      await bench.device.mustDo({ do: 'dtc', code: 'E09', state: 'confirmed' });
      const begin = Date.now() - 10_000;
      for (let i = 0; i < 500; i++) await bench.device.mustDo({ do: 'publish', signals: { level: i / 10 }, at: begin + i });
      const { buffered = 0, dropped = 0 } = await bench.device.mustDo({ do: 'state' });
      must(buffered <= 100, `${buffered} messages wait, though WAYSIDE_BUFFER says 100`);
      must(dropped >= 400, `it says that ${dropped} were dropped, and it must be 401 or more`);
      bench.tap.back();
      await until('newest reading at the edge', sees(bench, begin + 499, 49.9), comesBackWithin);
      must(
        (await bench.edge.thing(bench.thing))?.dtcs.some(({ code }) => code === 'E09'),
        'the trouble code gave way to readings',
      );
      await bench.device.mustDo({ do: 'dtc', code: 'E09', state: 'cleared' });
    },
  },
  {
    name: 'waits between attempts while nobody answers, and does not give up',
    source: 'backoff',
    async run(bench) {
      const { attempts } = bench.tap;
      // Begun anew, it has yet to learn its patience; and so it is not held up by it in the next checks.
      await bench.restart();
      await until('connection', isConnected(bench), comesBackWithin);
      bench.tap.cut();
      const from = attempts.length;
      await pause(6_000);
      const tried = attempts.length - from;
      must(tried <= 20, `it tried ${tried} times in 6 s: a thousand such devices are an attack`);
      await until('attempt to come back', () => attempts.length > from, comesBackWithin);
      bench.tap.back();
      await until('connection again', isConnected(bench), comesBackWithin);
      await bench.restart();
    },
  },
  {
    name: 'notices a line that is open and dead, by its keep-alive',
    source: 'MQTT 3.1.1 §3.1.2.10',
    async run(bench) {
      await until('connection', isConnected(bench), comesBackWithin);
      const before = bench.tap.attempts.length;
      bench.tap.freeze();
      const at = Date.now();
      await bench.device.mustDo({ do: 'publish', signals: { level: 78 }, at });
      // WAYSIDE_KEEPALIVE is 3 s: what is not answered within one and a half of it is dead.
      await until('new connection', () => bench.tap.attempts.length > before, comesBackWithin);
      await until('reading at the edge', sees(bench, at, 78), 20_000);
    },
  },
  {
    name: 'survives packets that break MQTT: it hangs up and comes back',
    source: 'MQTT 3.1.1 §4.8',
    async run(bench) {
      const broken = [
        [0x00, 0x00],
        [0x36, 0x03, 0x00, 0x50, 0x41],
      ];
      for (const bytes of broken) {
        await until('connection', isConnected(bench), comesBackWithin);
        bench.tap.inject(Uint8Array.from(bytes));
        await pause(300);
        must(bench.device.isAlive(), `the program ended over the bytes ${bytes.map((byte) => byte.toString(16)).join(' ')}`);
        // Some readers wait for more after it, until the line is dead; that is seen to by another check.
        bench.tap.cut();
        bench.tap.back();
      }
      const at = Date.now();
      await bench.device.mustDo({ do: 'publish', signals: { level: 79 }, at });
      await until('reading at the edge afterwards', sees(bench, at, 79), comesBackWithin);
    },
  },
  {
    name: 'keeps over a restart what could not be told',
    source: 'offline: survives a restart (WAYSIDE_STORE)',
    async run(bench) {
      bench.tap.cut();
      await until('notice of the loss', async () => !(await isConnected(bench)()), 20_000);
      const at = Date.now();
      const { persists } = (await bench.device.mustDo({ do: 'state' })) as { persists?: boolean };
      await bench.device.mustDo({ do: 'publish', signals: { level: 80 }, at });
      await pause(300);
      await bench.restart();
      bench.tap.back();
      await until('connection again', isConnected(bench), comesBackWithin);
      if (!persists) return new Skipped('this device keeps nothing over a restart, and says so');
      await until('reading from before the restart', sees(bench, at, 80), 20_000);
    },
  },
];
