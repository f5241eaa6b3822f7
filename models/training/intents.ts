/**
 * Trains the head that tells what somebody wants where no template does: `node models/training/intents.ts --data DIR`. It speaks the
 * packs' own templates, reads `intents.yaml` and `regions.yaml` beside this file, and takes from DIR, laid out as its READMEs say, what is none of ours: CLINC150 (CC BY
 * 3.0) and MAC-SLU (Apache-2.0), and how people ask for a person: NLU++ (CC BY 4.0). Writes models/heads/intents-e5.head; the same data give the
 * same head.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { trainClassifier } from '../src/understanding/classifier.ts';
import { writeHead } from '../src/understanding/head-file.ts';
import { packs, type Said, speakTemplates, written } from './templates.ts';
import { vectorsBySource, withVectors } from './vectors.ts';

const { values } = parseArgs({ options: { data: { type: 'string' } } });
if (!values.data) throw new Error('say where the data is: --data DIR');
const data = values.data;
const say = (line: string) => process.stderr.write(`  ${line}\n`);
function ofOthers(): Said[] {
  const json = (...path: string[]) => JSON.parse(readFileSync(join(data, ...path), 'utf8'));
  // What an agent for machines is asked as well, in other words: neither ours nor surely not.
  const near =
    /oil|tire|tyre|jump_start|gas|mpg|maintenance|smart_home|repeat|^yes$|^no$|maybe|cancel|greeting|goodbye|thank|ask_you|bot|made_you|your_name|user_name|are_you|hobbies|timer|alarm|reminder|meaning|change_|sync|reset/;
  const clinc: { train: [string, string][]; oos_train: [string, string][] } = json('clinc150', 'data_full.dev.json');
  const seen = new Map<string, number>();
  const strange = clinc.train.filter(([, intent]) => {
    seen.set(intent, (seen.get(intent) ?? 0) + 1);
    return !near.test(intent) && seen.get(intent)! <= 16;
  });
  const chinese = readFileSync(join(data, 'mac-slu', 'icl_label.odd.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line): { query: string; semantics: { domain: string }[] } => JSON.parse(line))
    .filter(({ semantics }) => semantics.every(({ domain }) => domain !== '车载控制'));
  const handoffs = ['banking', 'hotels'].flatMap((domain) =>
    readdirSync(join(data, 'nlupp', domain))
      .filter((name) => name.endsWith('.json'))
      .flatMap((name): { text: string; intents?: string[] }[] => json('nlupp', domain, name))
      .filter(({ intents }) => intents?.includes('handoff')),
  );
  return [
    ...[...clinc.oos_train, ...strange].map(([text]) => ({ text, labels: [] })),
    ...chinese.map(({ query }) => ({ text: query, labels: [] })),
    ...handoffs.map(({ text }) => ({ text, labels: ['person'] })),
  ];
}

const families = readdirSync(packs, { withFileTypes: true }).filter(
  (entry) => entry.isDirectory() && entry.name !== 'src' && entry.name !== 'node_modules',
);
const spoken = families.flatMap(({ name }) => ['en', 'zh'].map((locale) => speakTemplates(name, locale)));
const templates = spoken.flat();
// What was written by hand counts three times: it is how people speak, and the templates are many.
const hand = written();
const others = ofOthers();
const all = [...templates, ...hand, ...hand, ...hand, ...others];
say(`${templates.length} sentences of templates, ${hand.length} written, ${all.length} in all`);
const vectors = await vectorsBySource([others, ...spoken, hand], { say });
if (!vectors) process.exit(1);
const examples = withVectors(
  all,
  all.map(({ text }) => vectors.get(text)!),
);
// No template has what this head is asked: how sure it may be, the written sentences tell.
const byHand = new Set(hand.map(({ text }) => text));
const weights = trainClassifier(examples, { dense: 6, buckets: 2 ** 13, tells: ({ text }) => byHand.has(text) });
writeFileSync(new URL('../heads/intents-e5.head', import.meta.url), writeHead(weights));
