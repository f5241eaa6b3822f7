/**
 * Trains the heads that tell how people feel: `node models/training/affect.ts --data DIR`, with DIR/goemotions as its README there describes it
 * (GoEmotions, CC BY 4.0). Writes models/heads/{feeling,urgency}-{words,e5}.head; those by vectors want the embedder to be here. The same data give the
 * same heads.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { writeHead } from '../src/understanding/head-file.ts';
import { trainTagger } from '../src/understanding/tagger.ts';
import type { Example } from '../src/understanding/train-head.ts';
import { feelingsOf, readComments } from './goemotions.ts';
import { vectorsOf, withVectors } from './vectors.ts';

const { values } = parseArgs({ options: { data: { type: 'string' } } });
if (!values.data) throw new Error('say where the data is: --data DIR');
const say = (line: string) => process.stderr.write(`  ${line}\n`);
const here = (name: string) => new URL(name, import.meta.url);
const keep = (name: string, examples: Example[], options: Parameters<typeof trainTagger>[1]) => {
  say(`training ${name} on ${examples.length} texts`);
  writeFileSync(here(`../heads/${name}.head`), writeHead(trainTagger(examples, options)));
};

const comments = readComments(join(values.data, 'goemotions'), 'train.tsv').map(({ text, emotions }) => ({
  text,
  labels: feelingsOf(emotions),
}));
const own: { urgent: string[]; calm: string[] } = parse(readFileSync(here('urgency.yaml'), 'utf8'));
const urgency = [...own.urgent.map((text) => ({ text, labels: ['urgency'] })), ...own.calm.map((text) => ({ text, labels: [] }))];
// Every twentieth comment beside them, so that what is neither is known too.
const others = comments.filter((_, n) => n % 20 === 0).map(({ text }) => ({ text, labels: [] }));

for (const kind of ['words', 'e5'] as const) {
  const vectors = async (texts: readonly { text: string }[]) =>
    kind === 'e5'
      ? await vectorsOf(
          texts.map(({ text }) => text),
          { say },
        )
      : undefined;
  const feeling = await vectors(comments);
  if (kind === 'e5' && !feeling) break;
  const options = kind === 'e5' ? { epochs: 8, dense: 2, cost: 1, buckets: 2 ** 15, least: 4 } : { epochs: 4, cost: 1, buckets: 2 ** 13 };
  // Nobody calm is to be taken for angry.
  keep(`feeling-${kind}`, withVectors(comments, feeling), { ...options, falseAlarms: { anger: 0.02 } });
  const all = [...urgency, ...others];
  keep(`urgency-${kind}`, withVectors(all, await vectors(all)), { dense: 6, buckets: 2 ** 11 });
}
