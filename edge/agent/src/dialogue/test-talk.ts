import type { Generator } from '@wayside/models';
import { loadPack, packsRoot, type WholePack } from '@wayside/packs';
import { openStore } from '@wayside/sqlite';
import { createWatch } from '../diagnosis/watch.ts';
import { createKnowledge } from '../knowledge/knowledge.ts';
import type { Progress } from '../repair/progress.ts';
import { type EdgeSchema, migrations } from '../store/schema.ts';
import { calm } from './feelings/mood.ts';
import { compileGrammar } from './grammar/compile-grammar.ts';
import { createGrammar } from './grammar/grammar.ts';
import type { PastKnown } from './look-back.ts';
import type { TalkedAbout } from './respond-types.ts';
import { respondWishes } from './respond-wishes.ts';
import { newState, sessionState } from './state.ts';
import { now, pack } from './test-toy.ts';
import type { HearDanger } from './understand/hear-danger.ts';

export const thing: TalkedAbout = {
  id: 't1',
  title: 'Toy one',
  family: 'toy',
  signals: pack.thing.signals,
  actions: {},
  latest: (s) => (s === 'temp' ? { value: 95.5, observedAt: now, receivedAt: now, quality: 'good' } : undefined),
  online: true,
  busy: false,
};

/** A past that holds nothing. */
export const noPast: PastKnown = { samples: async () => [], faults: async () => [], done: async () => undefined, issues: () => [] };

/** What a site is where nothing was begun. */
export const quiet = {
  session: 's_1',
  past: noPast,
  commands: {},
  repairs: { progress: () => undefined, watched: () => [], decided: () => undefined, rate: () => undefined },
};

/** A watch over the toy, hot or not. */
export function watchToy(hot: boolean, toy: WholePack = pack) {
  const watch = createWatch({ packs: new Map([['toy', toy]]), onChange() {} });
  watch.thing('t1', 'toy');
  if (hot) watch.samples('t1', [{ signal: 'temp', value: 95.5, observedAt: now }]);
  return watch;
}

/** Conversations about the toy, as the tests of what is responded hold them: what a turn comes to is kept for the next, as a site keeps it. */
export async function openToyTalk() {
  const store = await openStore<EdgeSchema>(':memory:', migrations);
  const knowledge = createKnowledge(store.db);
  await knowledge.put({ ...pack.articles[0]!, family: 'toy', version: 1 }, 'pack');
  const core = await loadPack(`${packsRoot}/core`);
  const grammar = createGrammar(compileGrammar([core, pack]));
  let mood = calm;
  let progress: Progress | undefined;
  const talk = {
    knowledge,
    grammar,
    watch: watchToy(false),
    state: newState('en', 't1'),
    past: noPast,
    hearDanger: undefined as HearDanger | undefined,
    close: () => store.close(),
    begin(hot: boolean, locale: 'en' | 'zh' = 'en') {
      talk.watch = watchToy(hot);
      talk.state = newState(locale, 't1');
      mood = calm;
      progress = undefined;
    },
    async tell(text: string, generator?: Generator, policy = pack.policy!, things = [thing]) {
      const { watch, state, past, hearDanger } = talk;
      const responded = await respondWishes({
        ...quiet,
        repairs: { ...quiet.repairs, progress: () => progress },
        ...{ text, state, mood, core, now, watch, past, hearDanger, knowledge, grammar, things, locale: state.locale },
        policyOf: () => policy,
        ...(generator ? { generator } : {}),
      });
      mood = responded.mood;
      // What is kept between turns is JSON in a store.
      talk.state = sessionState.parse(JSON.parse(JSON.stringify(responded.state)));
      for (const { observation, answer } of responded.observations) watch.answer('t1', observation, answer, now);
      if (responded.repair) progress = responded.repair.progress;
      return responded;
    },
  };
  return talk;
}
