import { config } from '@wayside/agent';

/** The page of an edge's settings, written from their schema: `npm run docs:settings` puts it in its place. */
export function settingsPage(): string {
  const rows = Object.entries(config.shape).map(([key, schema]) => {
    const name = `WAYSIDE_${key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
    const parsed = schema.safeParse(undefined);
    // The built panel's folder is one of the machine at hand.
    const otherwise = key === 'panel' || !parsed.success || parsed.data === undefined ? '' : `\`${String(parsed.data)}\``;
    return `| \`${name}\` | ${schema.description ?? ''} | ${otherwise} |`;
  });
  return `# Settings of an edge

<!-- Written by “npm run docs:settings” from edge/agent/src/config.ts. -->

Flags come first (\`--mqtt-port\` is \`WAYSIDE_MQTT_PORT\`; \`wayside edge --help\` lists those there are), then the environment, then \`wayside.config.json\` where the edge is started
(\`{"edge": {"mqttPort": 1883}}\`), then the default.

| in the environment | what it is | default |
| --- | --- | --- |
${rows.join('\n')}
`;
}
