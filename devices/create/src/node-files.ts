import { descriptionOf, rest } from './description.ts';
import { watched } from './measures.ts';
import type { Plan } from './plan.ts';

/** A device in JavaScript, typed by its description in any editor, with tests of Node's own runner. */
export function nodeFiles(plan: Plan): Record<string, string> {
  return {
    'package.json': `${JSON.stringify(
      {
        name: plan.id,
        private: true,
        type: 'module',
        scripts: { start: 'node device.js', test: 'node --test' },
        dependencies: { '@wayside/device-sdk': plan.sdk },
      },
      null,
      2,
    )}\n`,
    'description.js': `// What this device is, measures and does. Types in the editor, the edge and Home Assistant all come from here.
export const description = /** @type {const} */ (${JSON.stringify(descriptionOf(plan), null, 2)});
`,
    'machine.js': machine(plan),
    'device.js': `// @ts-check
import { createDevice } from '@wayside/device-sdk';
import { fileStore } from '@wayside/device-sdk/file';
import { description } from './description.js';
import { identify, read } from './machine.js';

const { THING = '${plan.id}', MQTT_URL = 'mqtt://127.0.0.1:1883', MQTT_USERNAME = THING, MQTT_PASSWORD = '' } = process.env;

const device = createDevice({
  url: MQTT_URL,
  username: MQTT_USERNAME,
  password: MQTT_PASSWORD,
  id: THING,
  description,
  commands: {
    identify: async ({ times }, { signal }) => {
      await identify(times, signal);
      return { state: 'done', detail: \`shown \${times} times\` };
    },
  },
  buffer: { store: fileStore(\`\${THING}.waiting\`) },
  onWarning: console.warn,
});

await device.start();
console.log(device.state().connected ? \`\${THING} is connected to \${MQTT_URL}\` : \`waiting for \${MQTT_URL}; readings are kept meanwhile\`);

const ticking = setInterval(() => device.publish(read(Date.now())), 1_000);

for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, async () => {
    clearInterval(ticking);
    await device.stop();
  });
`,
    'device.test.js': `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDevice } from '@wayside/device-sdk';
import { description } from './description.js';
import { read } from './machine.js';

const device = () => createDevice({ url: 'mqtt://127.0.0.1:1', id: 'test', description });

test('the description is one the wire takes', () => {
  assert.equal(device().state().connected, false);
});

test('what is read fits what is declared', () => {
  for (const [name, value] of Object.entries(read(Date.now()))) {
    const signal = description.signals[name];
    assert.ok(signal, \`\${name} is read and not declared in description.js\`);
    assert.equal(typeof value, signal.type, \`\${name} must be a \${signal.type}\`);
    if (signal.min !== undefined) assert.ok(value >= signal.min && value <= signal.max, \`\${name} is \${value}, outside \${signal.min} to \${signal.max}\`);
    if (signal.states) assert.ok(signal.states.includes(value), \`\${name} is \${value}, none of \${signal.states}\`);
  }
});

test('every signal that is declared is read', () => {
  assert.deepEqual(Object.keys(read(Date.now())).sort(), Object.keys(description.signals).sort());
});

test('readings wait while there is no edge', () => {
  const offline = device();
  offline.publish(read(Date.now()));
  assert.equal(offline.state().buffered, 1);
});
`,
    '.gitignore': 'node_modules\n*.waiting\n',
  };
}

function machine({ measures, title }: Plan): string {
  const broken = watched(measures);
  const lines = measures.map((measure) => {
    if (measure.type === 'boolean') return `    ${measure.name}: true,`;
    if (measure.type === 'string') return `    ${measure.name}: ${JSON.stringify(measure.states[0])},`;
    const { level, swing } = rest(measure);
    const healthy = `swing(now, ${level}, ${swing})`;
    return `    ${measure.name}: ${measure === broken ? `broken ? ${rest(measure).broken} : ${healthy}` : healthy},`;
  });
  return `// The machine itself: here only pretended. Put your sensors in its place.

/** FAULT=1 makes ${title} misbehave, so that you can see it diagnosed. */
const broken = Boolean(process.env.FAULT);

const swing = (now, level, by) => Number((level + by * Math.sin(now / 20_000)).toFixed(3));

/** What is measured now. */
export function read(now) {
  return {
${lines.join('\n')}
  };
}

/** Shows which one it is: blink a light, sound a buzzer. */
export async function identify(times, signal) {
  for (let i = 0; i < times; i++) {
    signal.throwIfAborted();
    console.log('*');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
`;
}
