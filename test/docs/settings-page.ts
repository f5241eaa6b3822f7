import { config } from '@wayside/agent';
import { hubConfig, variableOf } from '@wayside/hub';
import type { z } from 'zod';

/** What these are by default is of the machine at hand. */
const ofTheMachine = new Set(['panel', 'consoleDir', 'packsRoot', 'deskZone']);

const edgeVariable = (key: string) => `WAYSIDE_${key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;

/** The site takes what looks like an element for one. */
const inMarkdown = (text = ''): string => text.replaceAll('<', '&lt;');

function table(shape: Record<string, z.ZodType>, variable: (key: string) => string): string {
  const rows = Object.entries(shape).map(([key, schema]) => {
    const parsed = schema.safeParse(undefined);
    const unsaid = ofTheMachine.has(key) || !parsed.success || parsed.data === undefined || parsed.data === '';
    return `| \`${variable(key)}\` | ${inMarkdown(schema.description)} | ${unsaid ? '' : `\`${String(parsed.data)}\``} |`;
  });
  return `| in the environment | what it is | default |
| --- | --- | --- |
${rows.join('\n')}
`;
}

/** The page of the settings of an edge and of a hub, written from their schemas: `npm run docs:settings` puts it in its place. */
export const settingsPage = (): string => `# Settings of an edge

<!-- Written by “npm run docs:settings” from edge/agent/src/config.ts and cloud/hub/src/config.ts. -->

Flags come first (\`--mqtt-port\` is \`WAYSIDE_MQTT_PORT\`; \`wayside edge --help\` lists those there are), then the environment, then \`wayside.config.json\` where the edge is started
(\`{"edge": {"mqttPort": 1883}}\`), then the default.

${table(config.shape, edgeVariable)}
# Settings of a hub

The same holds for a hub (\`{"hub": {"port": 8090}}\` in that file).

${table(hubConfig.shape, variableOf)}`;
