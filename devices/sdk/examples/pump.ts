import { createDevice } from '@wayside/device-sdk';
import { fileStore } from '@wayside/device-sdk/file';

const { MQTT_URL = 'mqtt://127.0.0.1:1883', MQTT_USERNAME = 'pump-7', MQTT_PASSWORD = '' } = process.env;
const motor = {
  running: true,
  current: 7.2,
  async stop() {
    motor.running = false;
  },
};

const device = createDevice({
  url: MQTT_URL,
  username: MQTT_USERNAME,
  password: MQTT_PASSWORD,
  id: 'pump-7',
  description: {
    title: 'Well pump',
    family: 'well-pump',
    maker: 'Acme',
    signals: {
      current: { title: 'Motor current', type: 'number', unit: 'A', kind: 'current', min: 0, max: 20 },
      running: { title: 'Running', type: 'boolean' },
      valve: { title: 'Valve', type: 'string', states: ['open', 'closed'] },
    },
    actions: {
      stop: { title: 'Stop the pump', risk: 'R1' },
      prime: {
        title: 'Prime',
        risk: 'R1',
        args: { seconds: { type: 'number', min: 1, max: 30 } },
        interlocks: [{ signal: 'running', is: false }],
      },
    },
  },
  commands: {
    async stop(_args, { publish }) {
      await motor.stop();
      publish({ running: motor.running });
      return { state: 'done', detail: 'standing still' };
    },
    // `seconds` is a number, here and in the editor: the description says so.
    prime: async ({ seconds }, { signal }) => {
      console.log(`priming for ${seconds} s, unless aborted: ${signal.aborted}`);
    },
  },
  sense: { running: () => motor.running },
  buffer: { store: fileStore(process.env.STORE ?? 'pump-7.waiting') },
  onWarning: console.warn,
});

await device.start();
device.publish({ current: motor.current, running: motor.running, valve: 'open' });
device.dtc('E07', 'confirmed', { freezeFrame: { current: 11.9 } });
device.event('button', 'help');

process.once('SIGINT', () => device.stop());
