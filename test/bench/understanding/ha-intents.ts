import { join } from 'node:path';
import type { Bench, Row } from '../measure.ts';
import { hassil } from '../peers/hassil.ts';
import { createHomeMatcher, type Home, type HomeIntent } from './home/match-sentences.ts';
import { readSentences, yamlFiles } from './home/read-sentences.ts';
import { notThere } from './read-set.ts';

type Named = { name: string | { in: string }; id?: string; domain?: string };
type TestFile = { areas?: Named[]; floors?: Named[]; entities?: Named[]; tests?: { sentences: string[]; slots?: HomeIntent['slots'] }[] };

/** A sentence, what is called by name where it is said, and what it means. */
export type Asked = HomeIntent & { text: string; home: Home };

const inOf = (name: Named['name']) => (typeof name === 'string' ? name : name.in);
const homeOf = (files: TestFile[]): Home => ({
  names: files.flatMap(({ entities = [] }) =>
    entities.map(({ name, id, domain }) => ({ in: inOf(name), domain: domain ?? id?.split('.')[0] ?? '' })),
  ),
  areas: files.flatMap(({ areas = [] }) => areas.map(({ name }) => ({ in: inOf(name) }))),
  floors: files.flatMap(({ floors = [] }) => floors.map(({ name }) => ({ in: inOf(name) }))),
});

/** The test sentences of one language: names are those of the test's own file and of the language's fixtures. */
async function readAsked(folder: string): Promise<Asked[]> {
  const files = await yamlFiles(folder);
  const fixtures = files.filter(({ path }) => path.length === 1).map(({ content }): TestFile => content);
  return files
    .filter(({ path }) => path.length === 2)
    .flatMap(({ path, content }) => {
      const file: TestFile = content;
      const home = homeOf([file, ...fixtures]);
      return (file.tests ?? []).flatMap(({ sentences, slots = {} }) => sentences.map((text) => ({ text, home, intent: path[0]!, slots })));
    });
}

const same = (a: string | number | undefined, b: string | number) =>
  String(a).toLowerCase() === String(b).toLowerCase() || (a !== undefined && Number(a) === Number(b));
/** The kind of device is not said but inferred; half of the tests name it, and only those compare it. Any other slot too many is wrong. */
const isExact = (wants: HomeIntent, got: HomeIntent | undefined): boolean =>
  got?.intent === wants.intent &&
  Object.keys(got.slots).every((name) => name === 'domain' || name in wants.slots) &&
  Object.entries(wants.slots).every(([name, value]) => same(got.slots[name], value));

/** Home Assistant's sentences and their tests, in English and Chinese: the agent's automaton with the very templates, beside the program they were written for. */
export const haIntents: Bench = {
  name: 'ha-intents',
  title: "Home Assistant's intents: templates of its form, read by our automaton",
  async run({ data, say }) {
    if (data === undefined) return notThere('ha-intents');
    const folder = join(data, 'ha-intents');
    const rows: Row[] = [];
    for (const [metric, language, title] of [
      ['en', 'en', 'English'],
      ['zh', 'zh-CN', 'Chinese'],
    ] as const) {
      const asked = await readAsked(join(folder, 'tests', language));
      if (asked.length === 0) continue;
      const match = createHomeMatcher(await readSentences(folder, language), metric);
      const got = asked.map(({ text, home }) => match(text, home));
      const share = (right: (one: Asked, n: number) => boolean) => (100 * asked.filter(right).length) / asked.length;
      for (const [n, one] of asked.entries())
        if (!isExact(one, got[n])) say(`${one.text} → ${JSON.stringify(got[n])}, not ${one.intent} ${JSON.stringify(one.slots)}`);
      const theirs = await hassil(asked, language, say);
      rows.push({
        metric,
        says: `${title}: intent and all slots, ${asked.length} sentences`,
        value: share((one, n) => isExact(one, got[n])),
        unit: '%',
        goal: { atLeast: 100 },
        ...('missing' in theirs
          ? {}
          : {
              peers: [
                { is: 'hassil with home-assistant-intents', as: `${metric}ToHassil`, value: share((one, n) => isExact(one, theirs[n])) },
              ],
            }),
      });
      rows.push({
        metric: `${metric}Intent`,
        says: `${title}: intent alone`,
        value: share((one, n) => one.intent === got[n]?.intent),
        unit: '%',
      });
      if ('missing' in theirs) say(`without the peer: ${theirs.missing}`);
    }
    return rows.length > 0 ? rows : notThere('ha-intents');
  },
};
