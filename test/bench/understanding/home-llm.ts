import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { homeCall } from '../../../edge/agent/src/dialogue/home/home-call.ts';
import type { Bench, BenchOptions, Row } from '../measure.ts';
import { yamlFiles } from './home/read-sentences.ts';
import { type Area, carryOut, describe, type Entity, firstState, type State, type States } from './home/simulated-home.ts';
import { notThere } from './read-set.ts';

type Change = Partial<State>;
type Task = {
  sentences: string[];
  setup?: Record<string, Change>;
  expect_changes?: Record<string, Change>;
  ignore_changes?: Record<string, string[] | { attributes: string[] }>;
};
type Fixtures = { entities: Entity[]; areas?: Area[] };

const source = 'allenporter/home-assistant-datasets d5ebbf0, reports/README.md';

/** All that was to change did, and nothing else changed its state. */
function passes(task: Task, before: States, now: States): boolean {
  const wanted = task.expect_changes ?? {};
  const others = Object.keys(before).filter((id) => !(id in wanted));
  if (others.some((id) => !isDeepStrictEqual(before[id], now[id]))) return false;
  return Object.entries(wanted).every(([id, { state, attributes = {} }]) => {
    const [was, is] = [before[id], now[id]];
    if (!was || !is || is.state !== String(state ?? was.state)) return false;
    const ignoring = task.ignore_changes?.[id] ?? [];
    const ignored = Array.isArray(ignoring) ? ignoring : ignoring.attributes;
    return Object.entries(attributes).every(([name, value]) => ignored.includes(name) || isDeepStrictEqual(is.attributes[name], value));
  });
}

/** How many sentences of a folder of homes do what they should, of how many. */
async function playFolder(folder: string, { say }: Pick<BenchOptions, 'say'>): Promise<{ passed: number; all: number } | undefined> {
  const files = await yamlFiles(folder);
  const fixturesOf = (home: string): Fixtures | undefined =>
    files.find(({ path }) => path.join('/') === (home === '' ? '_fixtures.yaml' : `${home}/_fixtures.yaml`))?.content as
      | Fixtures
      | undefined;
  let [passed, all] = [0, 0];
  for (const { path, content } of files) {
    const fixtures = fixturesOf(path.slice(0, -1).join('/'));
    if (!fixtures || path.at(-1)!.startsWith('_')) continue;
    const areas = fixtures.areas ?? [];
    const devices = describe(fixtures.entities, areas);
    for (const task of ((content as { tests?: Task[] }).tests ?? []).filter((one) => one.expect_changes)) {
      const before: States = Object.fromEntries(fixtures.entities.map((one) => [one.id, firstState(one, task.setup?.[one.id])]));
      for (const sentence of task.sentences) {
        const call = homeCall(sentence, devices);
        const now = call ? carryOut(call, fixtures.entities, areas, before) : before;
        const right = passes(task, before, now);
        if (!right) say(`${path[0]}: ${sentence} → ${JSON.stringify(call ?? null)}`);
        all += 1;
        passed += Number(right);
      }
    }
  }
  return all > 0 ? { passed, all } : undefined;
}

/** Commands to simulated homes, judged by what became of the devices: what the agent takes them to mean, with no language model. */
export const homeLlm: Bench = {
  name: 'home-llm',
  title: 'Home commands (home-assistant-datasets): the right devices changed, and no others',
  async run(options) {
    if (options.data === undefined) return notThere('home-llm');
    const folder = join(options.data, 'home-llm');
    const rows: Row[] = [];
    const mini = await playFolder(join(folder, 'assist-mini'), options);
    if (mini)
      rows.push({
        metric: 'passed',
        says: `assist-mini, ${mini.all} sentences`,
        value: (100 * mini.passed) / mini.all,
        unit: '%',
        goal: { atLeast: 92 },
        published: [
          { by: 'qwen3.5-4b (Q4)', value: 88.3, source },
          { by: 'qwen3-8b (Q4)', value: 93.4, source },
          { by: 'gpt-4o-mini', value: 98.5, source },
        ],
      });
    const intents = await playFolder(join(folder, 'intents', 'en'), options);
    if (intents)
      rows.push({ metric: 'intents', says: `intents, ${intents.all} sentences`, value: (100 * intents.passed) / intents.all, unit: '%' });
    return rows.length > 0 ? rows : notThere('home-llm');
  },
};
