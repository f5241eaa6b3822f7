import type { Localized } from '@wayside/protocol';
import type { ListedModel } from './models.ts';

export type Tier = 'lite' | 'standard';
export type TierDecision = {
  tier: Tier /** The generate model to load; only in the standard tier. */;
  generator?: string;
  reason: Localized;
};

/** What an edge needs beside its model, in bytes: the core (about 100 MiB), the system and headroom. */
const besideModelBytes = 600e6;
/** Resident memory of a loaded model with a context of 4096, in bytes; a line through the measurements in models/README.md. */
const residentBytes = (fileBytes: number) => 1.3 * fileBytes + 330e6;

/**
 * Decides what this machine runs, from its memory (bytes, total), its cores and the models that are here. `wanted` is a
 * person's own choice of generator. Pure; the reason is written for the person who asks why.
 */
export function decideTier(machine: {
  memoryBytes: number;
  cores: number;
  models: ListedModel[];
  wanted?: string | undefined;
}): TierDecision {
  const here = machine.models.filter((model) => model.task === 'generate' && model.present);
  const lite = (en: string, zh: string): TierDecision => ({ tier: 'lite', reason: { en, zh } });
  if (machine.wanted === 'none') return lite('Lite: a generator was not wanted.', '精简模式：已设置为不使用生成模型。');
  if (here.length === 0) {
    return lite(
      'Lite: no language model is here. wayside models pull fetches one.',
      '精简模式：本机没有语言模型。可运行 wayside models pull 获取。',
    );
  }
  if (machine.cores < 2)
    return lite('Lite: one core is too few to write an answer in time.', '精简模式：只有一个处理器核心，无法及时生成回答。');
  const fits = (model: ListedModel) => residentBytes(model.bytes) + besideModelBytes <= machine.memoryBytes;
  const wanted = here.find((model) => model.id === machine.wanted);
  // A model a person added was added to be used; then the catalog's own order of preference.
  const chosen = wanted ?? here.find((model) => model.added && fits(model)) ?? here.find(fits);
  const gb = (machine.memoryBytes / 1e9).toFixed(1);
  if (!chosen)
    return lite(`Lite: ${gb} GB of memory is too little for the models that are here.`, `精简模式：${gb} GB 内存不足以运行本机的模型。`);
  return {
    tier: 'standard',
    generator: chosen.id,
    reason: {
      en: `Standard: ${chosen.id} on ${machine.cores} cores and ${gb} GB of memory.`,
      zh: `标准模式：${chosen.id}，${machine.cores} 个核心，${gb} GB 内存。`,
    },
  };
}

/** What the embedder's process holds, in bytes, and what the rest of an edge wants beside it. */
const embedderBytes = 250e6;

/**
 * Which embedder this machine runs, if any: the preferred of those that are here, where memory allows and no lite tier was asked for. Without one,
 * a sentence that no template has is looked up in the articles by its words.
 */
export function decideEmbedder(machine: { memoryBytes: number; models: ListedModel[]; wanted?: string | undefined }): string | undefined {
  if (machine.wanted === 'none' || machine.memoryBytes < besideModelBytes + embedderBytes) return undefined;
  return machine.models.find((model) => model.task === 'embed' && model.present)?.id;
}
