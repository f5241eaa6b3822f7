import { config } from '@wayside/agent';
import { hubConfig, variableOf } from '@wayside/hub';
import type { z } from 'zod';
import { edgeInChinese, hubInChinese } from './settings-in-chinese.ts';

/** What these are by default is of the machine at hand. */
const ofTheMachine = new Set(['panel', 'consoleDir', 'packsRoot', 'deskZone']);

const edgeVariable = (key: string) => `WAYSIDE_${key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;

/** The site takes what looks like an element for one. */
const inMarkdown = (text = ''): string => text.replaceAll('<', '&lt;');

const said = {
  en: {
    edge: `# Settings of an edge

<!-- Written by “npm run docs:settings” from edge/agent/src/config.ts and cloud/hub/src/config.ts. -->

Flags come first (\`--mqtt-port\` is \`WAYSIDE_MQTT_PORT\`; \`wayside edge --help\` lists those there are), then the environment, then \`wayside.config.json\` where the edge is started
(\`{"edge": {"mqttPort": 1883}}\`), then the default.`,
    hub: `# Settings of a hub

The same holds for a hub (\`{"hub": {"port": 8090}}\` in that file).`,
    head: '| in the environment | what it is | default |',
  },
  zh: {
    edge: `# 边缘端的设置

<!-- 由 “npm run docs:settings” 根据 edge/agent/src/config.ts、cloud/hub/src/config.ts 和 test/docs/settings-in-chinese.ts 生成。 -->

命令行参数优先（\`--mqtt-port\` 就是 \`WAYSIDE_MQTT_PORT\`；有哪些参数见 \`wayside edge --help\`），其次是环境变量，再次是启动目录里的 \`wayside.config.json\`（\`{"edge": {"mqttPort": 1883}}\`），最后是默认值。`,
    hub: `# 服务中心的设置

规则相同（该文件里写 \`{"hub": {"port": 8090}}\`）。`,
    head: '| 环境变量 | 含义 | 默认值 |',
  },
} as const;

/** The page of the settings of an edge and of a hub, written from their schemas: `npm run docs:settings` puts it in its place. */
export function settingsPage(language: 'en' | 'zh'): string {
  const { edge, hub, head } = said[language];
  const table = (shape: Record<string, z.ZodType>, variable: (key: string) => string, inChinese: Record<string, string>) => {
    const rows = Object.entries(shape).map(([key, schema]) => {
      const parsed = schema.safeParse(undefined);
      const unsaid = ofTheMachine.has(key) || !parsed.success || parsed.data === undefined || parsed.data === '';
      const is = language === 'en' ? schema.description : inChinese[key];
      return `| \`${variable(key)}\` | ${inMarkdown(is)} | ${unsaid ? '' : `\`${String(parsed.data)}\``} |`;
    });
    return `${head}
| --- | --- | --- |
${rows.join('\n')}
`;
  };
  return `${edge}

${table(config.shape, edgeVariable, edgeInChinese)}
${hub}

${table(hubConfig.shape, variableOf, hubInChinese)}`;
}
