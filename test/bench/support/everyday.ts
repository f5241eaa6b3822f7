/**
 * How much of what people ask on ordinary days is taken for what would answer it, sentence by sentence, with the packs' articles and a machine that is well.
 * `node test/bench/support/everyday.ts [--show] [--json]`. A hash of each sentence puts a third of them aside: those are scored, and never shown.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { readDanger, readIntents, readMidway, readReplies } from '@wayside/models';
import { loadPack, packsRoot } from '@wayside/packs';
import { type Locale, locales } from '@wayside/protocol';
import { openStore } from '@wayside/sqlite';
import { parse } from 'yaml';
import { z } from 'zod';
import { compileGrammar } from '../../../edge/agent/src/dialogue/grammar/compile-grammar.ts';
import { createGrammar } from '../../../edge/agent/src/dialogue/grammar/grammar.ts';
import { newState } from '../../../edge/agent/src/dialogue/state.ts';
import { createClassify } from '../../../edge/agent/src/dialogue/understand/classify.ts';
import { findExamples } from '../../../edge/agent/src/dialogue/understand/examples.ts';
import { createHearDanger } from '../../../edge/agent/src/dialogue/understand/hear-danger.ts';
import { createAboutOther } from '../../../edge/agent/src/dialogue/understand/other-thing.ts';
import { createPlainly } from '../../../edge/agent/src/dialogue/understand/regional.ts';
import { createRelevant } from '../../../edge/agent/src/dialogue/understand/relevant.ts';
import { splitWishes } from '../../../edge/agent/src/dialogue/understand/split-wishes.ts';
import { asItEnds } from '../../../edge/agent/src/dialogue/understand/taken-back.ts';
import { type Understanding, understand } from '../../../edge/agent/src/dialogue/understand/understand.ts';
import { createKnowledge } from '../../../edge/agent/src/knowledge/knowledge.ts';
import { type EdgeSchema, migrations } from '../../../edge/agent/src/store/schema.ts';
import { findEmbedder } from './patient-embedder.ts';

/** By family, by what a good answer may be understood as (separated by commas; each stands for all that begin with it), the sentences. */
const tables = z.record(z.string(), z.record(z.string(), z.array(z.string().min(1)).min(1)));
const things: Readonly<Record<string, string>> = { vehicle: 'car-1', 'home-hvac': 'heat-pump-1', 'industrial-pump': 'pump-1' };
/** Where nothing here knows, saying so is the answer. */
const nothingKnown = new Set(['unknown', 'elsewhere', 'ring']);
const afternoon = new Date(2026, 10, 24, 14).getTime();

const { values } = parseArgs({ options: { show: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } } });
const families = Object.keys(things);
const packs = await Promise.all(['core', ...families].map((name) => loadPack(`${packsRoot}/${name}`)));
const core = packs.find(({ family }) => family === 'core');
const embedder = findEmbedder();
const grammar = createGrammar(compileGrammar(packs));
const store = await openStore<EdgeSchema>(':memory:', migrations);
const knowledge = createKnowledge(store.db);
for (const { family, articles } of packs) for (const article of articles) await knowledge.put({ ...article, family, version: 1 }, 'pack');
const heads = { head: readIntents, replies: readReplies, midway: readMidway };
const rungs = {
  grammar,
  knowledge,
  classify: embedder && createClassify({ examples: findExamples(packs), embedder, ...heads }),
  hearDanger: embedder && createHearDanger({ embedder, head: readDanger, wording: core?.wording }),
  relevant: embedder && createRelevant({ embedder, ofPassages: embedder }),
  plainly: createPlainly(core?.wording),
  aboutOther: createAboutOther(core?.wording),
};

/** As the labels of the tables are written. */
function takenFor(heard: Understanding): string {
  if (heard.kind === 'question') return `article ${heard.passages[0]?.article}`;
  if (heard.kind !== 'intent') return heard.kind;
  if (nothingKnown.has(heard.intent)) return 'none';
  const { component, signal, observation, handling, step, answer, term } = heard.slots;
  if (heard.intent === 'status' && component) return `component ${component}`;
  return [heard.intent, signal ?? observation ?? handling ?? step ?? answer ?? term].filter(Boolean).join(' ');
}

async function hear(text: string, locale: Locale, family: string): Promise<string[]> {
  const pack = packs.find((one) => one.family === family)!;
  const thing = things[family]!;
  const state = newState(locale, thing);
  const { signals } = pack.thing;
  const here = [{ id: thing, title: pack.title?.[locale] ?? family }];
  const ended = asItEnds(text, grammar, locale, family);
  const heard: string[] = [];
  for (const part of splitWishes(ended, grammar, locale, family)) {
    const understood = await understand(part, {
      ...rungs,
      now: afternoon,
      signals,
      judgeable: { signals, components: pack.components, reads: () => undefined },
      suspects: Object.values(pack.faults).flatMap(({ title }) => [title.en.toLowerCase(), title.zh]),
      things: here,
      state,
      locale,
      family,
      faults: [],
    });
    heard.push(understood.kind === 'unknown' ? 'none' : takenFor(understood));
  }
  return heard;
}

/** A third, whoever asks. */
const isAside = (text: string): boolean => createHash('sha256').update(text).digest()[0]! % 3 === 0;

type Judged = { text: string; family: string; good: string; heard: string; right: boolean; lost: boolean; aside: boolean };
async function judge(locale: Locale): Promise<Judged[]> {
  const read = await readFile(new URL(`phrases/everyday/${locale}.yaml`, import.meta.url), 'utf8');
  const judged: Judged[] = [];
  for (const [family, byAnswer] of Object.entries(tables.parse(parse(read)))) {
    for (const [good, texts] of Object.entries(byAnswer))
      for (const text of texts) {
        const heard = await hear(text, locale, family);
        const right = good.split(', ').some((one) => heard.some((taken) => taken.startsWith(one)));
        judged.push({ text, family, good, heard: heard.join(' + '), right, lost: !right && heard.includes('none'), aside: isAside(text) });
      }
  }
  return judged;
}

const score = (all: readonly Judged[]) => {
  const right = all.filter((one) => one.right).length;
  const lost = all.filter((one) => one.lost).length;
  return { of: all.length, right: Number(((100 * right) / all.length).toFixed(1)), lost, wrong: all.length - right - lost };
};
const result: Record<string, ReturnType<typeof score>> = {};
for (const locale of locales) {
  const all = await judge(locale);
  for (const [name, aside] of [
    ['open', false],
    ['scored', true],
  ] as const) {
    const of = score(all.filter((one) => one.aside === aside));
    result[`everyday ${locale} ${name}`] = of;
    console.log(
      `everyday ${locale} ${name}: ${of.right} % of ${of.of} right, ${of.lost} not understood, ${of.wrong} taken for something else`,
    );
  }
  if (values.show)
    for (const { family, good, heard, text } of all.filter((one) => !one.aside && !one.right))
      console.log(`  ${family}: ${text} -> ${heard} (${good})`);
}
if (values.json) console.log(JSON.stringify(result));
await embedder?.stop();
await store.close();
