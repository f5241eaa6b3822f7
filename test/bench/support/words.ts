/**
 * How much of what people say is understood, sentence by sentence, with no machine and no conversation around it: a minute where `talk.ts` takes ten; no article is asked.
 * `node test/bench/support/words.ts --words visitor [--show]`. Each sentence of a table is said to a conversation that waits for what it answers.
 * `--show` lists what was taken for something else, never of the held-back words.
 */
import { parseArgs } from 'node:util';
import { readIntents, readMidway, readReplies } from '@wayside/models';
import { loadPack, packsRoot } from '@wayside/packs';
import { type Locale, locales } from '@wayside/protocol';
import { compileGrammar } from '../../../edge/agent/src/dialogue/grammar/compile-grammar.ts';
import { createGrammar } from '../../../edge/agent/src/dialogue/grammar/grammar.ts';
import { newState, type SessionState } from '../../../edge/agent/src/dialogue/state.ts';
import { createClassify } from '../../../edge/agent/src/dialogue/understand/classify.ts';
import { findExamples } from '../../../edge/agent/src/dialogue/understand/examples.ts';
import { type Understanding, understand } from '../../../edge/agent/src/dialogue/understand/understand.ts';
import { findEmbedder } from './patient-embedder.ts';
import { loadPhrases, type Words } from './speak.ts';

const thing = 't1';
const question: Partial<SessionState> = { pendingQuestion: { thing, observation: 'seen' } };
const step: Partial<SessionState> = { procedure: { thing, id: 'mend' } };
const proposal: Partial<SessionState> = { pendingCommand: { thing, name: 'reset', args: {}, origin: { kind: 'asked' } } };
const offer: Partial<SessionState> = { pendingOffer: 'person' };

type Meaning = { in?: Partial<SessionState>; and?: readonly Partial<SessionState>[]; as: readonly string[] };
/** What a conversation waits for when it is said, what else it may wait for, and what the sentence may be taken for. */
const meanings: Readonly<Record<string, Meaning>> = {
  fix: { as: ['howto'] },
  why: { and: [question], as: ['why', 'faults', 'status', 'asks-why'] },
  safe: { and: [question, step], as: ['safe'] },
  status: { and: [step], as: ['status', 'why', 'faults'] },
  person: { and: [question, step, proposal], as: ['person'] },
  else: { as: ['faults', 'why', 'status'] },
  thanks: { as: ['thanks', 'bye'] },
  wait: { as: ['waits', 'thanks', 'bye', 'yes', 'unknown'] },
  redo: { as: ['howto', 'howto back', 'repeat'] },
  yes: { in: question, as: ['yes'] },
  no: { in: question, as: ['no'] },
  unsure: { in: question, as: ['unsure'] },
  'ask-why': { in: question, as: ['asks-why', 'why', 'howto'] },
  consent: { in: proposal, as: ['yes'] },
  deny: { in: proposal, as: ['no', 'cancel'] },
  'what-happens': { in: proposal, as: ['effect'] },
  'accept-person': { in: offer, as: ['yes', 'person'] },
  done: { in: step, as: ['howto done', 'yes'] },
  failed: { in: step, as: ['howto failed', 'mended no', 'no'] },
  cannot: { in: step, as: ['howto failed', 'howto skipped', 'no', 'refuse', 'midway lacks', 'midway jammed'] },
  stuck: { in: step, as: ['howto', 'unsure', 'repeat', 'midway where'] },
  where: { in: step, as: ['midway where'] },
  'found-tool': { in: step, as: ['repeat', 'howto'] },
  'do-it': { in: step, as: ['command'] },
  again: { in: step, as: ['repeat'] },
  back: { in: step, as: ['repeat', 'howto'] },
  refuse: { in: step, as: ['refuse', 'no', 'howto skipped'] },
};

const { values } = parseArgs({ options: { words: { type: 'string', default: 'visitor' }, show: { type: 'boolean', default: false } } });
const people = values.words as Words;
const families = ['vehicle', 'home-hvac', 'industrial-pump'];
const packs = await Promise.all(['core', ...families].map((name) => loadPack(`${packsRoot}/${name}`)));
const embedder = findEmbedder();
const grammar = createGrammar(compileGrammar(packs));
const classify =
  embedder && createClassify({ examples: findExamples(packs), embedder, head: readIntents, replies: readReplies, midway: readMidway });
const tables = (await loadPhrases())[people];

const takenFor = (heard: Understanding): string => {
  if (heard.kind === 'answer') return heard.answer;
  if (heard.kind !== 'intent') return 'unknown';
  return [heard.intent, heard.slots.step ?? heard.slots.answer ?? heard.slots.midway].filter(Boolean).join(' ');
};

async function judge(text: string, locale: Locale, means: string, family: string, waits: Partial<SessionState>) {
  const { as } = meanings[means]!;
  const state = { ...newState(locale, thing), ...waits };
  const knowledge = { search: async () => [] };
  const heard = takenFor(await understand(text, { now: Date.now(), grammar, classify, knowledge, state, locale, family, faults: [] }));
  const agreed = heard === 'yes' && !as.includes('yes') && (waits === proposal || waits === offer);
  return { text, means, heard, agreed, right: as.includes(heard) };
}

for (const locale of locales) {
  const all: Awaited<ReturnType<typeof judge>>[] = [];
  for (const [means, pools] of Object.entries(tables[locale]).filter(([means]) => meanings[means]))
    for (const [who, texts] of Object.entries(pools))
      for (const text of texts)
        for (const waits of [meanings[means]?.in ?? {}, ...(meanings[means]?.and ?? [])])
          all.push(await judge(text, locale, means, families.includes(who) ? who : 'vehicle', waits));
  const right = all.filter((one) => one.right).length;
  const lost = all.filter((one) => one.heard === 'unknown' && !one.right).length;
  console.log(
    `${values.words} ${locale}: ${((100 * right) / all.length).toFixed(1)} % of ${all.length} right, ${lost} not understood, ${all.length - right - lost} taken for something else, ${all.filter(({ agreed }) => agreed).length} of them for a yes that moves something`,
  );
  const by = Map.groupBy(all, ({ means }) => means);
  console.log([...by].map(([means, its]) => `  ${means} ${its.filter((one) => one.right).length}/${its.length}`).join(''));
  if (values.show && !people.startsWith('held-back'))
    for (const { text, means, heard } of all.filter((one) => !one.right)) console.log(`  ${means} -> ${heard}: ${text}`);
}
await embedder?.stop();
