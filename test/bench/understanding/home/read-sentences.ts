import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';

/** What a list holds: words and what they stand for, numbers in a range, or anything at all. */
export type ListSource =
  | { values: { in: string; out: string | number }[] }
  | { range: { from: number; to: number; step?: number; multiplier?: number } }
  | { wildcard: true };

/** Sentences of one intent that share their slots; `domains`: what a `{name}` in them may be. */
export type Group = { intent: string; sentences: string[]; slots: Record<string, string | number>; domains?: string[] };

/** A language's sentences in the form of Home Assistant's `intents` repository, as they lie there. */
export type SentenceSet = { groups: Group[]; rules: Record<string, string>; lists: Record<string, ListSource>; skipped: string[] };

type Combination = { name_domain_groups?: Record<string, string[]> };
type Written = { sentences: string[]; slots?: Record<string, string>; inferred_domain?: string; name_domains?: string | string[] };

/** The YAML files of a folder and of those in it, each with its path below it; none where it is not there. */
export async function yamlFiles(folder: string): Promise<{ path: string[]; content: Record<string, never> }[]> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const files = names.filter((name) => name.endsWith('.yaml')).sort();
  return Promise.all(
    files.map(async (name) => ({ path: name.split('/'), content: parse(await readFile(join(folder, name), 'utf8')) ?? {} })),
  );
}

/** @param language the name of its folder: `en`, `zh-CN` */
export async function readSentences(folder: string, language: string): Promise<SentenceSet> {
  const intents: Record<string, { slot_combinations?: Record<string, Combination> }> = parse(
    await readFile(join(folder, 'intents.yaml'), 'utf8'),
  );
  const rules: Record<string, string> = {};
  for (const { content } of await yamlFiles(join(folder, 'rules', language))) Object.assign(rules, content.expansion_rules);
  const lists: Record<string, ListSource> = {};
  const shared = (await yamlFiles(join(folder, 'lists'))).filter(({ path }) => path.length === 1 || path[0] === language);
  for (const { content } of shared.toSorted((a, b) => a.path.length - b.path.length)) Object.assign(lists, content.lists);
  const groups: Group[] = [];
  let skipped: string[] = [];
  for (const { path, content } of await yamlFiles(join(folder, 'sentences', language))) {
    const [intent, file] = path;
    if (file === undefined) {
      skipped = content.skip_words ?? [];
      continue;
    }
    const combination = intents[intent!]?.slot_combinations?.[file.replace('.yaml', '')];
    for (const { sentences, slots, inferred_domain, name_domains } of (content.data ?? []) as Written[]) {
      const domains = typeof name_domains === 'string' ? combination?.name_domain_groups?.[name_domains] : name_domains;
      groups.push({
        intent: intent!,
        sentences,
        slots: { ...slots, ...(inferred_domain ? { domain: inferred_domain } : {}) },
        ...(domains ? { domains } : {}),
      });
    }
  }
  return { groups, rules, lists, skipped };
}
