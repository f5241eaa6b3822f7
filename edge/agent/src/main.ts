import { availableParallelism, totalmem } from 'node:os';
import {
  brokenNatives,
  chooseVoices,
  createE5Embedder,
  createEars,
  createLlamaGenerator,
  createModels,
  createMouth,
  createWyomingMouth,
  decideEmbedder,
  decideTier,
  findEarsFiles,
  voicesHere,
  withoutBroken,
} from '@wayside/models';
import { locales } from '@wayside/protocol';
import { type Running, startAgent } from './agent.ts';
import type { AgentParts } from './compose/parts.ts';
import { type Config, preparedFile } from './config.ts';
import { createLog, type Log } from './log.ts';
import { prepareApart } from './prepare/prepare-apart.ts';
import { prepareOnce } from './prepare/prepare-once.ts';
import { keepGoing } from './rescue/keep-going.ts';

/** An edge in the real world, which goes on by itself when its store breaks in use. */
export function runEdge(config: Config, version: string): Promise<Running> {
  const log = createLog(config.logLevel, 'edge');
  return keepGoing(
    (onBroken, damage) => build(config, version, log, { onBroken, damage }),
    log,
    () => process.exit(1),
  );
}

/** The real world, built from the settings: clock, log, models, processes. */
async function build(config: Config, version: string, log: Log, store: Pick<AgentParts, 'onBroken' | 'damage'>): Promise<Running> {
  const broken = await brokenNatives(config.data, version);
  if (broken.length > 0) log.warn({ broken }, 'native parts that do not run here: the edge does without them');
  const models = withoutBroken(createModels(), broken);
  const cores = availableParallelism();
  const tier = decideTier({ memoryBytes: totalmem(), cores, models: models.list(), wanted: config.generator });
  const chosen = tier.generator;
  const generator = chosen
    ? createLlamaGenerator({
        model: () => {
          const path = models.resolve(chosen);
          return path ? { id: chosen, path, languages: models.get(chosen).languages } : undefined;
        },
        threads: cores,
        now: Date.now,
        onNews: (news) => log.info(news, 'generator'),
      })
    : undefined;
  const embeds = decideEmbedder({ memoryBytes: totalmem(), models: models.list(), wanted: config.generator });
  const embedder = embeds
    ? createE5Embedder({
        model: () => {
          const path = models.resolve(embeds);
          return path ? { id: embeds, path } : undefined;
        },
        now: () => performance.now(),
        onNews: (news) => log.info(news, 'embedder'),
      })
    : undefined;
  // Both find what is pulled later, too; without a model for a language they say so.
  const ears = createEars({
    files: () => {
      const found = findEarsFiles(models);
      if (config.wyomingAsr === undefined) return found;
      const elsewhere = { model: config.wyomingAsr, parts: { url: config.wyomingAsr } };
      return { ...found, recognizers: { en: elsewhere, zh: elsewhere } };
    },
    now: () => performance.now(),
    onNews: (news) => log.info(news, 'ears'),
  });
  const chosenVoices = () =>
    chooseVoices(voicesHere(models), { memoryBytes: totalmem(), cores: availableParallelism(), wanted: config.voice });
  for (const { why } of chosenVoices().refused) log.warn({ why: why.en }, 'a voice is here that this machine cannot carry');
  const synthesizer =
    config.wyomingTts === undefined
      ? createMouth({
          voices: () => chosenVoices().voices,
          refused: () => chosenVoices().refused[0]?.why.en,
          now: () => performance.now(),
          onNews: (news) => log.info(news, 'mouth'),
        })
      : createWyomingMouth(config.wyomingTts, locales);
  return startAgent({
    config,
    log,
    now: Date.now,
    version,
    tier,
    prepare: prepareOnce(preparedFile(config), prepareApart, log),
    ears,
    synthesizer,
    ...store,
    ...(generator ? { generator } : {}),
    ...(embedder ? { embedder } : {}),
  });
}
