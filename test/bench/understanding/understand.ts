import { createE5Embedder, createModels, readIntents, readMidway, readReplies } from '@wayside/models';
import { loadPack, loadPhraseTests, packsRoot } from '@wayside/packs';
import { compileGrammar } from '../../../edge/agent/src/dialogue/grammar/compile-grammar.ts';
import { createGrammar } from '../../../edge/agent/src/dialogue/grammar/grammar.ts';
import { newState } from '../../../edge/agent/src/dialogue/state.ts';
import { createClassify } from '../../../edge/agent/src/dialogue/understand/classify.ts';
import { findExamples } from '../../../edge/agent/src/dialogue/understand/examples.ts';
import { understand } from '../../../edge/agent/src/dialogue/understand/understand.ts';
import type { Bench } from '../measure.ts';

/** Turns a sentence into one no template has, and keeps it about as long. */
const unheard = (text: string) => `honestly ${text} I would say`;
const id = 'multilingual-e5-small';

/** How long it takes to understand one sentence: the packs' own, and each again in a way that no template has, so that the model must judge it. */
export const understandSet: Bench = {
  name: 'understand',
  title: 'Understanding one sentence: templates, then the embedder and its head',
  async run({ share }) {
    const models = createModels();
    const path = models.resolve(id);
    if (!path) return { skipped: `the embedder is not here (wayside models pull ${id})` };
    const packs = await Promise.all(['core', 'vehicle'].map((name) => loadPack(`${packsRoot}/${name}`)));
    const said = (await loadPhraseTests(packs[1]!.dir)).map(({ text, language }) => ({ text, locale: language }));
    const some = said.slice(0, Math.max(20, Math.round(said.length * share)));
    const embedder = createE5Embedder({ model: () => ({ id, path }), now: () => performance.now() });
    const parts = {
      grammar: createGrammar(compileGrammar(packs)),
      classify: createClassify({ examples: findExamples(packs), embedder, head: readIntents, replies: readReplies, midway: readMidway }),
      now: Date.now(),
      knowledge: { search: async () => [] },
      family: 'vehicle',
      faults: [],
    };
    const took = async (texts: readonly { text: string; locale: 'en' | 'zh' }[]) => {
      const times: number[] = [];
      for (const { text, locale } of texts) {
        const began = performance.now();
        await understand(text, { ...parts, locale, state: newState(locale) });
        times.push(performance.now() - began);
      }
      return times.sort((a, b) => a - b)[Math.floor(0.95 * times.length)] ?? 0;
    };
    try {
      await embedder.embed({ texts: ['.'], as: 'query', deadlineMs: 60_000 });
      const judged = some.map(({ text, locale }) => ({ text: locale === 'zh' ? `老实讲${text}我觉得` : unheard(text), locale }));
      // Once before it counts: the family's own words are embedded when they are first wanted.
      await took(judged);
      return [
        { metric: 'templateP95Ms', says: 'By template, p95', value: await took(some), unit: 'ms' },
        { metric: 'p95Ms', says: 'By the model, p95', value: await took(judged), unit: 'ms', goal: { atMost: 15 } },
      ];
    } finally {
      await embedder.stop();
    }
  },
};
