/**
 * How much of what people say is understood, sentence by sentence, with no machine and no conversation around it: a minute where `talk.ts` takes ten; no article is asked.
 * `node test/bench/support/words.ts --words visitor [--show]`. Each sentence of a table is said to a conversation that waits for what it answers.
 * `--show` lists what was taken for something else, never of the held-back words; every third sentence of the neighbours is scored apart and never shown.
 */
import { parseArgs } from 'node:util';
import { readDanger, readIntents, readMidway, readReplies } from '@wayside/models';
import { loadPack, packsRoot } from '@wayside/packs';
import { type Locale, locales } from '@wayside/protocol';
import { compileGrammar } from '../../../edge/agent/src/dialogue/grammar/compile-grammar.ts';
import { createGrammar } from '../../../edge/agent/src/dialogue/grammar/grammar.ts';
import { newState, type SessionState } from '../../../edge/agent/src/dialogue/state.ts';
import { createClassify } from '../../../edge/agent/src/dialogue/understand/classify.ts';
import { findExamples } from '../../../edge/agent/src/dialogue/understand/examples.ts';
import { createHearDanger } from '../../../edge/agent/src/dialogue/understand/hear-danger.ts';
import { createPlainly } from '../../../edge/agent/src/dialogue/understand/regional.ts';
import { splitWishes } from '../../../edge/agent/src/dialogue/understand/split-wishes.ts';
import { asItEnds } from '../../../edge/agent/src/dialogue/understand/taken-back.ts';
import { type Understanding, understand } from '../../../edge/agent/src/dialogue/understand/understand.ts';
import { findEmbedder } from './patient-embedder.ts';
import { loadPhrases, type Words } from './speak.ts';

const thing = 't1';
/** Two in the afterafternoon: there is a this morning, and no tomorrow. */
const afternoon = new Date(2026, 10, 24, 14).getTime();
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
  since: { and: [question], as: ['since'] },
  before: { as: ['before', 'since'] },
  past: { as: ['signal then'] },
  order: { as: ['command'] },
  // Said to a proposal it is a no, said by itself no command.
  withdraw: { as: ['cancel', 'no'] },
  emergency: { and: [question, step, proposal], as: ['emergency'] },
  several: { as: ['wishes 3'] },
};
/** So many sentences stand between two that are only scored, where a table has such. */
const unseenEvery = 3;

const { values } = parseArgs({
  options: {
    words: { type: 'string', default: 'visitor' },
    show: { type: 'boolean', default: false },
    // Of one meaning alone.
    means: { type: 'string' },
  },
});
const people = values.words as Words;
const families = ['vehicle', 'home-hvac', 'industrial-pump'];
const packs = await Promise.all(['core', ...families].map((name) => loadPack(`${packsRoot}/${name}`)));
const core = packs.find(({ family }) => family === 'core');
const embedder = findEmbedder();
const grammar = createGrammar(compileGrammar(packs));
const classify =
  embedder && createClassify({ examples: findExamples(packs), embedder, head: readIntents, replies: readReplies, midway: readMidway });
const hearDanger = embedder && createHearDanger({ embedder, head: readDanger, wording: core?.wording });
const plainly = createPlainly(core?.wording);
const tables = (await loadPhrases())[people];

const takenFor = (heard: Understanding): string => {
  if (heard.kind === 'answer') return heard.answer;
  if (heard.kind !== 'intent') return 'unknown';
  const { step, answer, midway, from } = heard.slots;
  return [heard.intent, step ?? answer ?? midway ?? (heard.intent === 'signal' && from ? 'then' : undefined)].filter(Boolean).join(' ');
};

async function judge(text: string, locale: Locale, means: string, family: string, waits: Partial<SessionState>) {
  const { as } = meanings[means]!;
  const state = { ...newState(locale, thing), ...waits };
  const knowledge = { search: async () => [] };
  const signals = packs.find((pack) => pack.family === family)?.thing.signals;
  const ended = asItEnds(text, grammar, locale, family);
  const [once, plain] = [ended, plainly(ended)].map((one) => splitWishes(one, grammar, locale, family));
  const parts = once!.length > 1 ? once! : plain!;
  const heard =
    parts.length > 1
      ? `wishes ${parts.length}`
      : takenFor(
          await understand(ended, {
            now: afternoon,
            grammar,
            classify,
            hearDanger,
            plainly,
            knowledge,
            signals,
            state,
            locale,
            family,
            faults: [],
          }),
        );
  const agreed = heard === 'yes' && !as.includes('yes') && (waits === proposal || waits === offer);
  return { text, means, heard, agreed, right: as.includes(heard) };
}
type Judged = Awaited<ReturnType<typeof judge>>;

function tell(title: string, all: readonly Judged[]): void {
  const right = all.filter((one) => one.right).length;
  const lost = all.filter((one) => one.heard === 'unknown' && !one.right).length;
  console.log(
    `${title}: ${((100 * right) / all.length).toFixed(1)} % of ${all.length} right, ${lost} not understood, ${all.length - right - lost} taken for something else, ${all.filter(({ agreed }) => agreed).length} of them for a yes that moves something`,
  );
  const by = Map.groupBy(all, ({ means }) => means);
  console.log([...by].map(([means, its]) => `  ${means} ${its.filter((one) => one.right).length}/${its.length}`).join(''));
}

for (const locale of locales) {
  const seen: Judged[] = [];
  const unseen: Judged[] = [];
  let sentences = 0;
  for (const [means, pools] of Object.entries(tables[locale]).filter(([means]) => meanings[means]))
    for (const [who, texts] of Object.entries(pools))
      for (const text of texts) {
        const apart = people === 'neighbour' && ++sentences % unseenEvery === 0;
        if (values.means && values.means !== means) continue;
        for (const waits of [meanings[means]?.in ?? {}, ...(meanings[means]?.and ?? [])])
          (apart ? unseen : seen).push(await judge(text, locale, means, families.includes(who) ? who : 'vehicle', waits));
      }
  tell(`${values.words} ${locale}`, seen);
  if (unseen.length > 0) tell(`${values.words} ${locale}, those nobody looks at`, unseen);
  if (values.show && !people.startsWith('held-back'))
    for (const { text, means, heard } of seen.filter((one) => !one.right)) console.log(`  ${means} -> ${heard}: ${text}`);
}
await embedder?.stop();
