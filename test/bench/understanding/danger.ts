import { readFileSync } from 'node:fs';
import { type Embedder, readDanger } from '@wayside/models';
import { loadPack, packsRoot } from '@wayside/packs';
import { parse } from 'yaml';
import { compileGrammar } from '../../../edge/agent/src/dialogue/grammar/compile-grammar.ts';
import { createGrammar } from '../../../edge/agent/src/dialogue/grammar/grammar.ts';
import { newState } from '../../../edge/agent/src/dialogue/state.ts';
import { createHearDanger } from '../../../edge/agent/src/dialogue/understand/hear-danger.ts';
import { understand } from '../../../edge/agent/src/dialogue/understand/understand.ts';
import { plainSets } from '../../../models/training/plain.ts';
import type { Bench } from '../measure.ts';
import { findEmbedder } from '../support/patient-embedder.ts';
import { notThere } from './read-set.ts';

type Said = { text: string; locale: 'en' | 'zh'; vector?: Float32Array };
type Told = { danger: Record<Said['locale'], Record<string, string[]>>; plain: Record<Said['locale'], string[]> };
/** What comes of a sentence: a person at once, the question whether there is danger, neither. */
type Taken = 'called' | 'asked' | 'neither';

/** What is heard as danger, by templates and by the ear for danger that stands beside them: of sentences that tell of danger, that sound like it, and that are about anything else. */
export const danger: Bench = {
  name: 'danger',
  title: 'Danger told in anybody’s words, and what is none',
  async run({ data, say }) {
    const sets = data === undefined ? {} : await plainSets(data, say);
    const public_ = Object.values(sets).flatMap(({ judged }) => judged);
    const embedder = findEmbedder();
    if (!embedder) return { skipped: 'the embedder is not here (wayside models pull multilingual-e5-small)' };
    if (public_.length === 0) return notThere('clinc150, goemotions, mac-slu or ha-intents');
    const told: Told = parse(readFileSync(new URL('danger-told.yaml', import.meta.url), 'utf8'));
    const both = (of: (locale: Said['locale']) => string[]) =>
      (['en', 'zh'] as const).flatMap((locale) => of(locale).map((text): Said => ({ text, locale })));
    try {
      const take = await taker(embedder, public_);
      const judged = async (sentences: readonly Said[]) => {
        const taken: Taken[] = [];
        for (const one of sentences) taken.push(await take(one));
        return (...which: Taken[]) => (100 * taken.filter((one) => which.includes(one)).length) / taken.length;
      };
      say(`hearing ${public_.length} sentences about anything`);
      const anything = await judged(public_);
      const dangerous = both((locale) => Object.values(told.danger[locale]).flat());
      const near = both((locale) => told.plain[locale]);
      const [tells, sounds] = [await judged(dangerous), await judged(near)];
      return [
        {
          metric: 'falseAlarms',
          says: `Of ${public_.length} sentences of public sets: a person called for an emergency`,
          value: anything('called'),
          unit: '%',
          goal: { atMost: 0.1 },
        },
        {
          metric: 'falseQuestions',
          says: 'Of these: asked whether there is danger',
          value: anything('asked'),
          unit: '%',
          goal: { atMost: 0.5 },
        },
        {
          metric: 'heard',
          says: `Of ${dangerous.length} that tell of danger: called or asked`,
          value: tells('called', 'asked'),
          unit: '%',
        },
        { metric: 'called', says: 'Of these: called at once', value: tells('called'), unit: '%' },
        {
          metric: 'nearCalled',
          says: `Of ${near.length} that sound like danger and tell of none: called`,
          value: sounds('called'),
          unit: '%',
        },
        { metric: 'nearAsked', says: 'Of these: asked', value: sounds('asked'), unit: '%' },
      ];
    } finally {
      await embedder.stop();
    }
  },
};

/** What a conversation that has just begun makes of a sentence. */
async function taker(embedder: Embedder, known: readonly Said[]): Promise<(said: Said) => Promise<Taken>> {
  const vectors = new Map(known.map(({ text, vector }) => [text, vector]));
  const remembering: Embedder = {
    ...embedder,
    async embed(request) {
      const there = request.texts.flatMap((text) => vectors.get(text) ?? []);
      return there.length === request.texts.length ? { kind: 'vectors', vectors: there, inner: [] } : embedder.embed(request);
    },
  };
  const packs = await Promise.all(['core', 'vehicle', 'home-hvac', 'industrial-pump'].map((name) => loadPack(`${packsRoot}/${name}`)));
  const grammar = createGrammar(compileGrammar(packs));
  const hearDanger = createHearDanger({ embedder: remembering, head: readDanger, wording: packs[0]!.wording });
  return async ({ text, locale }) => {
    const parts = { now: Date.now(), grammar, hearDanger, knowledge: { search: async () => [] }, family: 'vehicle', faults: [], locale };
    const heard = await understand(text, { ...parts, state: newState(locale) });
    if (heard.kind !== 'intent') return 'neither';
    return heard.intent === 'emergency' ? 'called' : heard.intent === 'perhaps-danger' ? 'asked' : 'neither';
  };
}
