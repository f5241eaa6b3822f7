import { createServer, type Server } from 'node:net';
import { ServerTCP } from 'modbus-serial';
import { afterEach, describe, expect, it } from 'vitest';
import { createLog } from '../../log.ts';
import type { Said } from '../adapters/adapter.ts';
import { controllersFile } from './controllers.ts';
import { createModbus, type Modbus } from './modbus.ts';

const signals = {
  supply: { holding: 100, type: 'int16', scale: 0.1, unit: '°F', title: 'Supply' },
  setpoint: { holding: 101, type: 'int16', scale: 0.1, unit: 'celsius' },
  power: { input: 4, type: 'float32', words: 'little', unit: 'kW', kind: 'power' },
  energy: { holding: 102, type: 'uint32' },
  mode: { holding: 7, states: { 0: 'off', 1: 'heating' } },
  running: { coil: 3 },
  alarm: { discrete: 9 },
  nowhere: { holding: 60_000 },
};

/** A controller as `modbus-serial` (node-modbus-serial) plays one: independent of our client. */
function startController(at = 0) {
  const float = Buffer.alloc(4);
  float.writeFloatBE(12.5);
  const input = new Map([
    [4, float.readUInt16BE(2)],
    [5, float.readUInt16BE(0)],
  ]);
  const holding = new Map([
    [7, 1],
    [100, -40 & 0xffff],
    [101, 215],
    [102, 1],
    [103, 2],
  ]);
  const coils = new Map([[3, true]]);
  let requests = 0;
  const known = <T>(table: Map<number, T>, address: number): T => {
    requests++;
    const found = table.get(address);
    // Exception 2: illegal data address.
    if (found === undefined) throw { modbusErrorCode: 2 };
    return found;
  };
  const server = new ServerTCP(
    {
      getHoldingRegister: (address: number) => known(holding, address),
      getInputRegister: (address: number) => known(input, address),
      getCoil: (address: number) => known(coils, address),
      getDiscreteInput: () => true,
      setRegister: (address: number, value: number) => void holding.set(address, value),
      setCoil: (address: number, value: boolean) => void coils.set(address, value),
    },
    { host: '127.0.0.1', port: at, unitID: 3 },
  );
  const port = new Promise<number>((resolve) =>
    server.on('initialized', () => resolve((server as never as { _server: Server })._server.address()!['port' as never])),
  );
  return { port, holding, coils, requests: () => requests, stop: () => new Promise<void>((done) => server.close(() => done())) };
}

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

async function read(port: number): Promise<{ modbus: Modbus; said: Said[]; until(what: (said: Said) => boolean): Promise<Said> }> {
  const { devices } = controllersFile.parse({
    devices: [{ thing: 'chiller', url: `modbus://127.0.0.1:${port}`, unit: 3, every: '200ms', title: 'Chiller', signals }],
  });
  const said: Said[] = [];
  let heard = () => {};
  const modbus = createModbus({
    controllers: devices,
    log: createLog('silent', 'test'),
    now: Date.now,
    async onSaid(one) {
      said.push(one);
      heard();
    },
  });
  modbus.start();
  ends.push(modbus.stop);
  const until = async (what: (said: Said) => boolean): Promise<Said> => {
    let seen = 0;
    for (;;) {
      for (; seen < said.length; seen++) if (what(said[seen]!)) return said[seen]!;
      await new Promise<void>((resolve) => {
        heard = resolve;
      });
    }
  };
  return { modbus, said, until };
}

describe('a controller read by Modbus/TCP', () => {
  it('is a thing whose registers are signals, in this house’s units; a register there is not costs only itself', async () => {
    const controller = startController();
    ends.push(controller.stop);
    const { until } = await read(await controller.port);
    const first = await until(({ telemetry }) => telemetry !== undefined);
    expect(first).toMatchObject({ thing: 'chiller', presence: 'online', description: { title: 'Chiller', family: 'generic' } });
    expect(first.description?.signals).toMatchObject({
      supply: { type: 'number', unit: 'celsius', title: 'Supply' },
      mode: { type: 'string', states: ['off', 'heating'] },
      running: { type: 'boolean' },
    });
    expect(first.telemetry?.signals).toEqual({
      supply: expect.closeTo(-20),
      setpoint: 21.5,
      power: 12.5,
      energy: 65_538,
      mode: 'heating',
      running: true,
      alarm: true,
    });
    controller.holding.set(7, 9);
    const next = await until(({ telemetry }) => telemetry !== undefined && !('mode' in telemetry.signals));
    // Its description is told once.
    expect(next.description).toBeUndefined();
  });

  it('is set where it can be, in its own units, and says why not where it cannot', async () => {
    const controller = startController();
    ends.push(controller.stop);
    const { modbus } = await read(await controller.port);
    expect(await modbus.write('chiller', { setpoint: 18.2, running: false, energy: 131_073, mode: 'off', supply: 20 })).toEqual({
      state: 'done',
    });
    expect([7, 100, 101, 102, 103].map((at) => controller.holding.get(at))).toEqual([0, 680, 182, 2, 1]);
    expect(controller.coils.get(3)).toBe(false);
    for (const [name, value] of [
      ['setpoint', 40_000],
      ['setpoint', 'warm'],
      ['mode', 'cooling'],
      ['power', 1],
      ['alarm', false],
      ['unheard', 1],
    ] as const)
      expect(await modbus.write('chiller', { [name]: value })).toMatchObject({ state: 'refused' });
    expect(await modbus.write('another', { setpoint: 1 })).toBeUndefined();
  });

  it('is away when it is, and read again when it is back', async () => {
    const controller = startController();
    const port = await controller.port;
    const { until, modbus, said } = await read(port);
    await until(({ presence }) => presence === 'online');
    await controller.stop();
    await until(({ presence }) => presence === 'offline');
    expect(await modbus.write('chiller', { setpoint: 20 })).toMatchObject({
      state: 'failed',
      detail: expect.stringMatching(/reached|ended/),
    });
    const away = said.length;
    ends.push(startController(port).stop);
    await until((one) => one.presence === 'online' && said.indexOf(one) >= away);
  });

  it('that speaks something else, says too much or half of it, costs an error and is left alone for a while', async () => {
    const answers = ['HTTP/1.1 400 Bad Request\r\n\r\n', 'x'.repeat(1_000), '\0\0\0\0\0\x03\x03\x90\x02', '\0'];
    let asked = 0;
    const liar = createServer((socket) => {
      socket.on('error', () => {});
      socket.on('data', () => void socket.end(answers[asked++ % answers.length]!));
    });
    await new Promise<void>((done) => liar.listen(0, '127.0.0.1', done));
    ends.push(() => new Promise((done) => liar.close(done)));
    const { modbus, said } = await read((liar.address() as { port: number }).port);
    for (let i = 0; i < 8; i++)
      expect(await modbus.write('chiller', { setpoint: 20 })).toMatchObject({ state: 'failed', detail: expect.any(String) });
    expect(said.filter(({ telemetry }) => telemetry)).toEqual([]);
  });
});

describe('the file of controllers', () => {
  const file = (one: object) => controllersFile.safeParse({ devices: [{ thing: 'a', url: 'modbus://plc', signals: {}, ...one }] });

  it.each([
    [{ url: 'http://plc' }, /modbus:\/\/host/],
    [{ signals: { x: {} } }, /exactly one of holding, input, coil, discrete/],
    [{ signals: { x: { holding: 1, coil: 1 } } }, /exactly one of/],
    [{ signals: { x: { holding: 70_000 } } }, /65535/],
    [{ signals: { x: { holding: 1, scale: 0 } } }, /scale of 0/],
    [{ signals: { x: { holding: 1, type: 'int24' } } }, /int16/],
    [{ actions: { set: { title: 'Set', risk: 'R1', sets: { x: { arg: 'value' } } } } }, /not declared under args/],
  ])('says what is wrong with %j', (wrong, says) => {
    expect(JSON.stringify(file(wrong).error?.issues)).toMatch(says);
  });
});
