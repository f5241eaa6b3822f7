/**
 * A thermometer with one command, `identify`, which blinks its light.
 *
 *   MQTT_URL=mqtt://127.0.0.1:1883 MQTT_USERNAME=… MQTT_PASSWORD=… node devices/sdk/examples/thermometer.ts
 */
import { createDevice } from '@wayside/device-sdk';

const { MQTT_URL = 'mqtt://127.0.0.1:1883', MQTT_USERNAME, MQTT_PASSWORD } = process.env;

const device = createDevice({
  url: MQTT_URL,
  ...(MQTT_USERNAME ? { username: MQTT_USERNAME } : {}),
  ...(MQTT_PASSWORD ? { password: MQTT_PASSWORD } : {}),
  id: 'thermometer-1',
  description: {
    title: 'Cellar thermometer',
    family: 'thermometer',
    maker: 'Example',
    signals: { temperature: { title: 'Temperature', type: 'number', unit: '°C', min: -40, max: 80 } },
    actions: { identify: { title: 'Blink the light', risk: 'R1', args: { times: { type: 'number', min: 1, max: 10 } } } },
  },
  commands: {
    identify: async ({ times }, { signal }) => {
      for (let i = 0; i < Number(times); i++) {
        signal.throwIfAborted();
        console.log('blink');
        await new Promise((resolve) => setTimeout(resolve, 300));
      }
      return { state: 'done', detail: `blinked ${times} times` };
    },
  },
  onWarning: console.warn,
});

await device.start();
console.log(device.state().connected ? `connected to ${MQTT_URL}` : `waiting for ${MQTT_URL}; readings are kept meanwhile`);

let temperature = 18;
const ticking = setInterval(() => {
  temperature += (Math.random() - 0.5) * 0.2;
  device.publish({ temperature: Number(temperature.toFixed(2)) });
}, 1_000);

process.once('SIGINT', async () => {
  clearInterval(ticking);
  await device.stop();
});
