import { relative } from 'node:path';
import {
  applyPolicy,
  listScenarios,
  loadArticleTests,
  loadCueTests,
  loadPhraseTests,
  loadPolicyTests,
  loadRecommendationTests,
  loadScenario,
  type Pack,
  type PackProblem,
  type Scenario,
  type WholePack,
} from '@wayside/packs';
import { parseSpan } from '@wayside/protocol';
import { openStore } from '@wayside/sqlite';
import { type Heard, judgeRehearsal, rehearse } from '../../diagnosis/rehearse.ts';
import { createKnowledge } from '../../knowledge/knowledge.ts';
import { judgeUse } from '../../recommend/rehearse-use.ts';
import { type EdgeSchema, migrations } from '../../store/schema.ts';
import { compileGrammar } from './compile-grammar.ts';
import { createGrammar } from './grammar.ts';

export type CheckParts = {
  /** The pack of phrases that every family shares; absent when it is the one being checked. */
  core?: WholePack;
  /** Plays a scenario file at full speed. */
  play(file: string, scenario: Scenario): Promise<Iterable<Heard>>;
  /** Told before each scenario is played. */
  onScenario?(number: number, of: number): void;
};

/**
 * Runs a pack's own tests: its phrases, its articles, its policy, and each scenario with the diagnosis it must reach and those it must not.
 * The pack is one that `checkPack` found well formed.
 * @returns every problem; none when the pack does what its tests say
 */
export async function checkPackBehaviour(pack: WholePack, parts: CheckParts): Promise<PackProblem[]> {
  return [
    ...(await checkPhrases(pack, parts.core)),
    ...(await checkArticles(pack)),
    ...(await checkPolicy(pack)),
    ...judgeUse(pack, await loadRecommendationTests(pack.dir)),
    ...(await checkScenarios(pack, parts)),
  ];
}

async function checkPhrases(pack: WholePack, core: WholePack | undefined): Promise<PackProblem[]> {
  const file = 'tests/phrases.yaml';
  const grammar = createGrammar(compileGrammar(core && core.family !== pack.family ? [core, pack] : [pack]));
  const problems: PackProblem[] = [];
  for (const [i, test] of (await loadPhraseTests(pack.dir)).entries()) {
    const match = grammar.match(test.text, test.language, pack.family);
    const intent = match.kind === 'match' ? match.intent : null;
    const report = (problem: string) => problems.push({ file, at: `tests.${i}`, problem: `"${test.text}" ${problem}` });
    if (intent !== test.intent) report(`means ${intent ?? 'nothing'} and must mean ${test.intent ?? 'nothing'}`);
    else if (match.kind === 'match')
      for (const [slot, value] of Object.entries(test.slots))
        if (match.slots[slot] !== value) report(`has ${slot} "${match.slots[slot] ?? ''}" and must have "${value}"`);
  }
  for (const [i, { text, cue, heard, slots }] of (await loadCueTests(pack.dir)).entries()) {
    const told = grammar.told(text, cue);
    const said = Object.entries(slots);
    const is = told.some((one) => said.every(([slot, value]) => one.slots[slot] === value));
    if (is === heard) continue;
    const how = said.map(([slot, value]) => ` with ${slot} "${value}"`).join('');
    const problem = `"${text}" ${heard ? 'must tell' : 'tells'} ${cue}${how} and ${heard ? 'does not' : 'must not'}`;
    problems.push({ file: 'tests/cues.yaml', at: `tests.${i}`, problem });
  }
  return problems;
}

async function checkArticles(pack: WholePack): Promise<PackProblem[]> {
  const tests = await loadArticleTests(pack.dir);
  if (tests.length === 0) return [];
  const store = await openStore<EdgeSchema>(':memory:', migrations);
  try {
    const knowledge = createKnowledge(store.db);
    for (const article of pack.articles) await knowledge.put({ ...article, family: pack.family, version: 1 }, 'pack');
    const problems: PackProblem[] = [];
    for (const [i, { question, language, article }] of tests.entries()) {
      const found = await knowledge.search({ text: question, locale: language, family: pack.family, limit: 12 });
      const first = [...new Set(found.map((one) => one.article))].slice(0, 3);
      if (!first.includes(article))
        problems.push({
          file: 'tests/articles.yaml',
          at: `tests.${i}`,
          problem: `"${question}" finds ${first.join(', ') || 'nothing'} and must find "${article}" among the first three`,
        });
    }
    return problems;
  } finally {
    await store.close();
  }
}

async function checkPolicy(pack: Pack): Promise<PackProblem[]> {
  const problems: PackProblem[] = [];
  for (const [i, { measures, effect, rule, kind }] of (await loadPolicyTests(pack.dir)).entries()) {
    const outcome = applyPolicy(pack.policy ?? { rules: [] }, measures, kind);
    const report = (problem: string) => problems.push({ file: 'tests/policy.yaml', at: `tests.${i}`, problem });
    if ((outcome?.effect ?? null) !== effect) report(`comes to ${outcome?.effect ?? 'nothing'} and must come to ${effect ?? 'nothing'}`);
    else if (rule && outcome?.rule.id !== rule) report(`fires "${outcome?.rule.id ?? 'no rule'}" and must fire "${rule}"`);
  }
  return problems;
}

/** A scenario of more steps than this is not played: whoever checks a pack waits for it. */
const maxSteps = 200_000;

async function checkScenarios(pack: Pack, { play, onScenario }: CheckParts): Promise<PackProblem[]> {
  const problems: PackProblem[] = [];
  const paths = await listScenarios(pack.dir);
  for (const [i, path] of paths.entries()) {
    onScenario?.(i + 1, paths.length);
    const scenario = await loadScenario(path);
    const file = relative(pack.dir, path);
    const steps = (parseSpan(scenario.duration) as number) / (parseSpan(scenario.every) as number);
    if (!(steps <= maxSteps)) {
      const problem = `makes ${Math.round(steps)} steps and at most ${maxSteps} are played: shorten it, or let them come less often`;
      problems.push({ file, at: 'duration', problem });
      continue;
    }
    const rehearsal = rehearse(pack, scenario, await play(path, scenario));
    for (const problem of judgeRehearsal(scenario, rehearsal)) problems.push({ file, at: 'expect', problem });
  }
  return problems;
}
