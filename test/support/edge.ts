import { type AgentParts, countStart, createLog, config as edgeConfig, keepGoing, type Running, startAgent } from '@wayside/agent';
import { prepareShipped } from './shipped-packs.ts';

type Settings = Partial<Parameters<typeof edgeConfig.parse>[0] & object>;

/** An edge as in life, without models: real ports, and a new start in the same process when something was rolled out to it. */
export function startEdge(settings: Settings, parts: Partial<AgentParts> = {}): Promise<Running> {
  const log = createLog(process.env.WAYSIDE_TEST_LOG ?? 'silent', 'edge');
  const config = edgeConfig.parse({ port: 0, mqttPort: 0, logLevel: 'silent', ...settings });
  return keepGoing(
    async ({ again }) => {
      await countStart(config.data);
      return startAgent({
        config,
        log,
        now: Date.now,
        version: 'test',
        prepare: prepareShipped,
        tier: { tier: parts.generator ? 'standard' : 'lite', reason: { en: 'test', zh: '测试' } },
        again,
        ...parts,
      });
    },
    log,
    () => {
      throw new Error('the edge could not go on by itself');
    },
  );
}
