import { access } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { WaysideError } from '@wayside/protocol';
import type { z } from 'zod';
import type { PackProblem, Report } from './files.ts';
import type { Pack } from './load.ts';
import { readYaml } from './read.ts';
import { listScenarios, loadScenario, recordingPath } from './scenario-file.ts';
import { articleTests, cueTests, phraseTests, policyTests, type RecommendationTest, recommendationTests, type Scenario } from './schema.ts';
import { signalsLike } from './signals-like.ts';
import { maxProblems, tell } from './tell.ts';

export type PhraseTest = z.infer<typeof phraseTests>['tests'][number];
export type CueTest = z.infer<typeof cueTests>['tests'][number];
export type ArticleTest = z.infer<typeof articleTests>['tests'][number];
export type PolicyTest = z.infer<typeof policyTests>['tests'][number];

/** Reads `tests/phrases.yaml` of a pack; none when it has none. @throws WaysideError `pack-invalid` */
export const loadPhraseTests = (packDir: string): Promise<PhraseTest[]> => load(phraseTests, packDir, 'tests/phrases.yaml');

/** Reads `tests/cues.yaml` of a pack; none when it has none. @throws WaysideError `pack-invalid` */
export const loadCueTests = (packDir: string): Promise<CueTest[]> => load(cueTests, packDir, 'tests/cues.yaml');

/** Reads `tests/articles.yaml` of a pack; none when it has none. @throws WaysideError `pack-invalid` */
export const loadArticleTests = (packDir: string): Promise<ArticleTest[]> => load(articleTests, packDir, 'tests/articles.yaml');

/** Reads `tests/policy.yaml` of a pack; none when it has none. @throws WaysideError `pack-invalid` */
export const loadPolicyTests = (packDir: string): Promise<PolicyTest[]> => load(policyTests, packDir, 'tests/policy.yaml');

/** Reads `tests/recommendations.yaml` of a pack; none when it has none. @throws WaysideError `pack-invalid` */
export const loadRecommendationTests = (packDir: string): Promise<RecommendationTest[]> =>
  load(recommendationTests, packDir, 'tests/recommendations.yaml');

async function load<T>(schema: z.ZodType<{ tests: T[] }>, packDir: string, file: string): Promise<T[]> {
  const there = await access(join(packDir, file)).then(
    () => true,
    () => false,
  );
  if (!there) return [];
  const problems: PackProblem[] = [];
  const read = await readYaml(schema, packDir, file, (name, at, problem) => problems.push({ file: name, at, problem }));
  if (!read) throw new WaysideError('pack-invalid', tell(`The tests of ${packDir}`, problems));
  return read.tests;
}

/**
 * The problems of a pack's own tests: files that do not read, and ids in them that the pack does not hold.
 * Apart from `checkPack`, because a pack whose tests are wrong still serves.
 */
export async function checkPackTests(pack: Pack): Promise<PackProblem[]> {
  const problems: PackProblem[] = [];
  const report: Report = (file, at, problem) => {
    if (problems.length < maxProblems) problems.push({ file, at, problem });
  };
  const tried = async <T>(file: string, act: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await act();
    } catch (error) {
      report(file, '', (error as Error).message);
      return undefined;
    }
  };
  const refer = (file: string, at: string, kind: string, id: string, among: object) => {
    if (!Object.hasOwn(among, id))
      report(file, at, `refers to the ${kind} "${id}", which the pack does not hold: add it or correct the name`);
  };

  const rehearsed = new Set<string>();
  for (const path of await listScenarios(pack.dir)) {
    const file = relative(pack.dir, path);
    const scenario = await tried(file, () => loadScenario(path));
    if (!scenario) continue;
    checkScenario(pack, scenario, file, refer);
    if (scenario.id !== basename(path, '.yaml')) report(file, 'id', `"${scenario.id}" is not the file's name: make them the same`);
    if (scenario.family !== pack.family) report(file, 'family', `is "${scenario.family}" in a pack of "${pack.family}": correct it`);
    if (scenario.expect.fault) rehearsed.add(scenario.expect.fault);
    if (scenario.base.recording) await tried(file, () => access(recordingPath(pack.dir, scenario.base.recording as string)));
  }
  for (const fault of Object.keys(pack.faults))
    if (!rehearsed.has(fault))
      report('faults.yaml', `faults.${fault}`, 'has no scenario: show in tests/scenarios how it comes and is found');
  const slotHomes: Record<string, object> = {
    signal: pack.thing.signals,
    observation: pack.observations,
    action: pack.thing.actions,
    handling: pack.handling ?? {},
    term: pack.terms ?? {},
  };
  for (const [i, test] of ((await tried('tests/phrases.yaml', () => loadPhraseTests(pack.dir))) ?? []).entries()) {
    for (const [slot, id] of Object.entries(test.slots)) {
      const home = slotHomes[slot];
      const isGroup = slot === 'signal' && signalsLike(id, pack.thing.signals).length > 0;
      if (home && Object.keys(home).length > 0 && !isGroup) refer('tests/phrases.yaml', `tests.${i}.slots`, slot, id, home);
    }
  }
  await tried('tests/cues.yaml', () => loadCueTests(pack.dir));
  for (const [i, { article, language }] of ((await tried('tests/articles.yaml', () => loadArticleTests(pack.dir))) ?? []).entries()) {
    const here = pack.articles.some(({ id, locale }) => id === article && locale === language);
    if (!here) report('tests/articles.yaml', `tests.${i}.article`, `refers to "${article}", which articles/${language} does not hold`);
  }
  const rules = Object.fromEntries((pack.policy?.rules ?? []).map((rule) => [rule.id, rule]));
  for (const [i, { rule }] of ((await tried('tests/policy.yaml', () => loadPolicyTests(pack.dir))) ?? []).entries()) {
    if (rule) refer('tests/policy.yaml', `tests.${i}.rule`, 'rule', rule, rules);
  }
  await checkUse(pack, report, tried);
  return problems;
}

/** Each recommendation is shown once to come, and somewhere is shown what brings none. */
async function checkUse(
  pack: Pack,
  report: Report,
  tried: <T>(file: string, act: () => Promise<T>) => Promise<T | undefined>,
): Promise<void> {
  const file = 'tests/recommendations.yaml';
  if (!pack.recommendations) return;
  const tests = await tried(file, () => loadRecommendationTests(pack.dir));
  if (!tests) return;
  const known = pack.recommendations.recommendations;
  for (const [i, { expect, usage }] of tests.entries()) {
    for (const id of expect)
      if (!Object.hasOwn(known, id))
        report(file, `tests.${i}.expect`, `names "${id}", which recommendations.yaml does not hold: correct it`);
    for (const signal of new Set(usage.flatMap(({ course }) => course.flatMap(({ signals }) => Object.keys(signals)))))
      if (!Object.hasOwn(pack.thing.signals, signal))
        report(file, `tests.${i}.usage`, `refers to the signal "${signal}", which the pack does not hold: add it or correct the name`);
  }
  for (const id of Object.keys(known))
    if (!tests.some(({ expect }) => expect.includes(id)))
      report('recommendations.yaml', `recommendations.${id}`, `is in no test: show in ${file} how it comes`);
  if (!tests.some(({ expect }) => expect.length === 0)) report(file, '', 'shows no use that brings no recommendation: add one');
}

type Refer = (file: string, at: string, kind: string, id: string, among: object) => void;

function checkScenario(pack: Pack, scenario: Scenario, file: string, refer: Refer): void {
  const changes = [...scenario.timeline, ...Object.values(scenario.onCommand).flat(), ...scenario.repair];
  for (const name of Object.keys(scenario.base.signals)) refer(file, 'base.signals', 'signal', name, pack.thing.signals);
  for (const { signal, code } of changes) {
    if (signal) refer(file, 'timeline', 'signal', signal, pack.thing.signals);
    if (code) refer(file, 'timeline', 'trouble code', code, pack.dtcs);
  }
  for (const [name, effects] of Object.entries(scenario.onCommand)) {
    refer(file, `onCommand.${name}`, 'action', name, pack.thing.actions);
    for (const { toArg } of effects) if (toArg) refer(file, `onCommand.${name}`, 'argument', toArg, pack.thing.actions[name]?.args ?? {});
  }
  for (const fault of [scenario.expect.fault ?? [], scenario.expect.not].flat()) refer(file, 'expect', 'fault', fault, pack.faults);
  for (const told of scenario.expect.tells ?? []) refer(file, 'expect.tells', 'observation', told, pack.observations);
  for (const seen of Object.keys(scenario.expect.answers)) refer(file, 'expect.answers', 'observation', seen, pack.observations);
}
