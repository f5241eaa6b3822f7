import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readComments } from './goemotions.ts';
import { vectorsOf } from './vectors.ts';

/** A sentence of a public set, with its vector. */
export type Plain = { text: string; locale: 'en' | 'zh'; vector: Float32Array };
/** What a head may learn from, and what it is judged by. */
export type PlainSet = { learned: Plain[]; judged: Plain[] };

/** So wide is a vector; inner layers may stand behind it. */
const width = 384;

type Listed = { texts: string[]; locale: 'en' | 'zh'; inner?: boolean; as(n: number): keyof PlainSet | undefined };

/**
 * Sentences that tell an agent of no danger, by set: wishes of an assistant (CLINC150: train, val), remarks to each other (GoEmotions: the neutral ones of train, dev),
 * commands in a car (MAC-SLU: every other one) and in a house (Home Assistant's tests, judged alone). They are embedded in the lists in which the sets' own
 * benches embed them, and are kept with theirs.
 * @param data a folder with the sets as their READMEs describe them; one that is not there is left out
 */
export async function plainSets(data: string, say: (line: string) => void): Promise<Record<string, PlainSet>> {
  const sets: Record<string, PlainSet> = {};
  for (const [name, lists] of Object.entries(listed(data))) {
    const set: PlainSet = { learned: [], judged: [] };
    for (const { texts, locale, inner = false, as } of lists) {
      const vectors = texts.length > 0 ? await vectorsOf(texts, { inner, say }) : undefined;
      for (const [n, text] of texts.entries()) {
        const part = as(n);
        if (vectors && part) set[part].push({ text, locale, vector: vectors[n]!.subarray(0, width) });
      }
    }
    sets[name] = set;
  }
  return sets;
}

function listed(data: string): Record<string, Listed[]> {
  const there = (...path: string[]) => existsSync(join(data, ...path));
  const text = (...path: string[]) => readFileSync(join(data, ...path), 'utf8');
  const lists: Record<string, Listed[]> = {};
  if (there('clinc150')) {
    const parts: Record<string, [said: string, intent: string][]> = JSON.parse(text('clinc150', 'data_full.dev.json'));
    const said = (...names: string[]) => names.flatMap((name) => (parts[name] ?? []).map(([one]) => one));
    lists.clinc150 = [
      { texts: said('train', 'oos_train'), locale: 'en', as: (n) => (n % 5 === 0 ? 'learned' : undefined) },
      { texts: said('val', 'oos_val'), locale: 'en', as: () => 'judged' },
    ];
  }
  if (there('goemotions'))
    lists.goemotions = (['train', 'dev'] as const).map((part): Listed => {
      const comments = readComments(join(data, 'goemotions'), `${part}.tsv`);
      const neutral = comments.map(({ emotions }) => emotions.join() === 'neutral');
      return {
        texts: comments.map((one) => one.text),
        locale: 'en',
        inner: true,
        as: (n) => (!neutral[n] ? undefined : part === 'dev' ? 'judged' : n % 4 === 0 ? 'learned' : undefined),
      };
    });
  if (there('mac-slu'))
    lists['mac-slu'] = [
      {
        texts: text('mac-slu', 'icl_label.odd.jsonl')
          .trim()
          .split('\n')
          .map((line) => (JSON.parse(line) as { query: string }).query),
        locale: 'zh',
        as: (n) => (n % 2 === 0 ? 'learned' : 'judged'),
      },
    ];
  if (there('ha-intents'))
    lists['ha-intents'] = [
      { texts: homeTests(join(data, 'ha-intents/tests/en')), locale: 'en', as: () => 'judged' },
      { texts: homeTests(join(data, 'ha-intents/tests/zh-CN')), locale: 'zh', as: () => 'judged' },
    ];
  return lists;
}

/** What Home Assistant's tests of a language say. */
const homeTests = (folder: string): string[] =>
  (existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [])
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .flatMap((name) => (parse(readFileSync(join(folder, name), 'utf8')) as { tests?: { sentences: string[] }[] }).tests ?? [])
    .flatMap(({ sentences }) => sentences);
