import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { createLlamaGenerator, createModels, decideTier } from '@wayside/models';
import { type Running, startAgent } from './agent.ts';
import type { Config } from './config.ts';
import { createLog } from './log.ts';

const shippedPanel = resolve(import.meta.dirname, '../../panel/dist');

/** The real world, built from the settings: clock, log, models, processes. */
export async function runEdge(config: Config, version: string): Promise<Running> {
  const log = createLog(config.logLevel, 'edge');
  const models = createModels();
  const tier = decideTier({ wanted: config.tier, models });
  const generator =
    tier.tier === 'standard'
      ? createLlamaGenerator({
          model: () => tier.model,
          threads: availableParallelism(),
          now: Date.now,
          onNews: (news) => log.info(news, 'generator'),
        })
      : undefined;
  return startAgent({
    config: { ...config, panel: config.panel ?? shippedPanel },
    log,
    now: Date.now,
    version,
    tier,
    ...(generator ? { generator } : {}),
  });
}
