import { arduinoFiles } from './arduino-files.ts';
import { nodeFiles } from './node-files.ts';
import { packFiles } from './pack-files.ts';
import type { Plan } from './plan.ts';
import { pythonFiles } from './python-files.ts';

const makers = { node: nodeFiles, python: pythonFiles, arduino: arduinoFiles };

/** What to type, by language. */
export const steps = {
  node: ['npm install', 'npm test', 'npm start'],
  python: [
    'python3 -m venv .venv && .venv/bin/pip install -r requirements.txt',
    '.venv/bin/python -m unittest',
    '.venv/bin/python device.py',
  ],
  arduino: ['Open the sketch in the Arduino IDE, set Wi-Fi and edge at its top, and upload it.'],
};

/** Everything that is written for a plan: path below its folder, and text. */
export function deviceFiles(plan: Plan): Record<string, string> {
  const pack = Object.entries(packFiles(plan)).map(([file, text]) => [`pack/${file}`, text]);
  return { ...makers[plan.language](plan), ...Object.fromEntries(pack), 'README.md': readme(plan) };
}

function readme({ title, id, family, language }: Plan): string {
  return `# ${title}

\`\`\`sh
${steps[language].join('\n')}
\`\`\`

\`MQTT_PASSWORD\` is this device's own secret: \`wayside devices add ${id}\` at the edge prints it, once. \`MQTT_URL\` says where the edge is. \`FAULT=1\` makes the pretended machine misbehave.

\`pack/\` is what Wayside knows of the family \`${family}\`: signals, one fault as an example, its article, phrases, and tests of all of it. At the edge:

\`\`\`sh
wayside pack check pack
wayside pack add pack
\`\`\`

Then restart the edge and ask: *What is wrong with the ${title.toLowerCase()}?*
`;
}
