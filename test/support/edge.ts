import { existsSync } from 'node:fs';
import { type AgentParts, countStart, createLog, config as edgeConfig, keepGoing, prepare, type Running, startAgent } from '@wayside/agent';
import { packsRoot } from '@wayside/packs';

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
        prepare: prepareOnce,
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

let shipped: ReturnType<typeof prepare> | undefined;

/** The packs that ship do not change under a test: they are made ready once for all edges of a file, which is most of the work of a start. */
function prepareOnce(root: string, installed: string): ReturnType<typeof prepare> {
  if (root !== packsRoot || existsSync(installed)) return prepare(root, installed);
  shipped ??= prepare(root, installed);
  return shipped;
}
