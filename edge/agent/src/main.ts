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
import { countStart, readChoices } from './rollout/trial.ts';

/**
 * An edge in the real world, which goes on by itself when its store breaks in use.
 * @param onFlood told of each second in which so much telemetry came that it is worth memory to take it in faster
 */
export async function runEdge(config: Config, version: string, onFlood = () => {}): Promise<Running> {
  const log = createLog(config.logLevel, 'edge');
  let found = config;
  const running = await keepGoing(
    (calls, damage) => build(found, version, log, { ...calls, damage, onFlood }),
    log,
    () => process.exit(1),
  );
  // Where it was found first it is found again: port 0 means any port once.
  found = { ...config, port: Number(new URL(running.url).port), mqttPort: running.mqttPort };
  return running;
}

/** The real world, built from the settings: clock, log, models, processes. */
async function build(
  set: Config,
  version: string,
  log: Log,
  calls: Pick<AgentParts, 'onBroken' | 'again' | 'damage' | 'onFlood'>,
): Promise<Running> {
  await countStart(set.data);
  const config = { ...set, generator: set.generator ?? (await readChoices(set.data)).generator };
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
    prepare: prepareOnce(preparedFile(config), prepareApart(`${preparedFile(config)}.made`), log),
    ears,
    synthesizer,
    pull: (model) => models.pull(model),
    ...calls,
    ...(generator ? { generator } : {}),
    ...(embedder ? { embedder } : {}),
  });
}
