import { availableParallelism, totalmem } from 'node:os';
import { createLlamaGenerator, createModels, createTemplateGenerator, decideTier, type Generator } from '@wayside/models';
import type { HubConfig } from '../config.ts';
import type { Log } from '../log.ts';

/**
 * Who writes drafts here: the endpoint of the settings; else a language model that is on this machine; else the articles' own sentences. A model
 * is loaded by the first draft that is asked for.
 */
export async function chooseGenerator(config: HubConfig, log: Log, now: () => number): Promise<Generator> {
  if (config.assistUrl !== undefined) {
    const { createOpenAiGenerator } = await import('./port-openai.ts');
    return createOpenAiGenerator({ url: config.assistUrl, model: config.assistModel, key: config.assistKey, now });
  }
  const models = createModels();
  const { generator: chosen } = decideTier({
    memoryBytes: totalmem(),
    cores: availableParallelism(),
    models: models.list(),
    wanted: config.generator,
  }) as { generator?: string };
  if (!chosen) return createTemplateGenerator({ now });
  return createLlamaGenerator({
    model: () => {
      const path = models.resolve(chosen);
      return path ? { id: chosen, path, languages: models.get(chosen).languages } : undefined;
    },
    threads: availableParallelism(),
    now,
    onNews: (news) => log.info(news, 'the assistant’s model'),
  });
}
