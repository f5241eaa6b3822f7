/**
 * The device that `wayside conformance` drives: it does what it is told, one line of JSON at a time, through the SDK. docs/conformance.md
 */
import { createInterface } from 'node:readline';
import { createDevice } from '@wayside/device-sdk';
import { fileStore } from '@wayside/device-sdk/file';

const {
  MQTT_URL = '',
  MQTT_USERNAME = '',
  MQTT_PASSWORD = '',
  WAYSIDE_THING = '',
  WAYSIDE_STORE,
  WAYSIDE_KEEPALIVE,
  WAYSIDE_BUFFER,
} = process.env;
let runs = 0;

const device = createDevice({
  url: MQTT_URL,
  username: MQTT_USERNAME,
  password: MQTT_PASSWORD,
  id: WAYSIDE_THING,
  keepalive: Number(WAYSIDE_KEEPALIVE ?? 30),
  buffer: { limit: Number(WAYSIDE_BUFFER ?? 1_000), ...(WAYSIDE_STORE ? { store: fileStore(WAYSIDE_STORE) } : {}) },
  description: {
    title: 'Conformance device',
    family: 'conformance',
    signals: {
      level: { title: 'Level', type: 'number', unit: '%', min: 0, max: 100 },
      mode: { title: 'Mode', type: 'string', states: ['idle', 'busy'] },
      running: { title: 'Running', type: 'boolean' },
    },
    actions: {
      dim: { title: 'Dim', risk: 'R1', args: { level: { type: 'number', min: 0, max: 100 } } },
      break: { title: 'Break', risk: 'R1' },
      wait: { title: 'Wait', risk: 'R1' },
      drive: { title: 'Drive', risk: 'R1', interlocks: [{ signal: 'running', is: true }] },
    },
  },
  commands: {
    dim({ level }) {
      runs++;
      device.publish({ level });
      return { state: 'done', detail: `level ${level}` };
    },
    break() {
      runs++;
      throw new Error('the bulb is missing');
    },
    wait: () => new Promise(() => void runs++),
    drive: () => void runs++,
  },
  onWarning: (warning) => process.stderr.write(`${warning}\n`),
});

/** The suite also says what no type allows. */
const anything = device as unknown as {
  publish(signals: object, options?: object): void;
  dtc(...all: unknown[]): void;
  event(...all: unknown[]): void;
};

async function act({ do: what, ...ask }: Record<string, unknown>): Promise<object> {
  switch (what) {
    case 'publish':
      return anything.publish(ask.signals as object, ask.at === undefined ? {} : { at: ask.at }) ?? {};
    case 'publish-nan':
      return anything.publish({ level: Number.NaN }) ?? {};
    case 'dtc':
      return anything.dtc(ask.code, ask.state, ask.freezeFrame ? { freezeFrame: ask.freezeFrame } : {}) ?? {};
    case 'event':
      return anything.event(ask.kind, ask.name) ?? {};
    case 'state':
      return { ...device.state(), runs, persists: true };
    case 'stop':
      await device.stop();
      return {};
    default:
      throw new Error(`cannot do ${String(what)}`);
  }
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const ask = JSON.parse(line) as Record<string, unknown>;
  act(ask).then(
    (told) => process.stdout.write(`${JSON.stringify({ ok: true, ...told })}\n`, () => void (ask.do === 'stop' && process.exit(0))),
    (error: Error) => process.stdout.write(`${JSON.stringify({ ok: false, why: error.message })}\n`),
  );
});
await device.start();
