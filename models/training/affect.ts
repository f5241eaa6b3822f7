/**
 * Trains the heads that tell how people feel: `node models/training/affect.ts --data DIR [--only NAME]`, with DIR/goemotions as its README there describes it
 * (GoEmotions, CC BY 4.0). Writes models/heads/{feeling,urgency}-{words,e5}.head; those by vectors want the embedder to be here. The same data give the
 * same heads.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { writeHead } from '../src/understanding/head-file.ts';
import { type TaggerOptions, trainTagger } from '../src/understanding/tagger.ts';
import type { Example } from '../src/understanding/train-head.ts';
import { feelingsOf, readComments } from './goemotions.ts';
import { createNetLearner, type NetOptions } from './train-net.ts';
import { vectorsOf, withVectors } from './vectors.ts';

const { values } = parseArgs({ options: { data: { type: 'string' }, only: { type: 'string' } } });
if (!values.data) throw new Error('say where the data is: --data DIR');
const say = (line: string) => process.stderr.write(`  ${line}\n`);
const here = (name: string) => new URL(name, import.meta.url);
async function keep(name: string, from: readonly Example[], options: TaggerOptions, vectors?: { inner: boolean; net?: NetOptions }) {
  if (values.only && values.only !== name) return;
  const made =
    vectors &&
    (await vectorsOf(
      from.map(({ text }) => text),
      { ...vectors, say },
    ));
  if (vectors && !made) return;
  const examples = withVectors(from, made);
  say(`training ${name} on ${examples.length} texts`);
  const learner = vectors?.net && { learner: createNetLearner(examples, vectors.net) };
  writeFileSync(here(`../heads/${name}.head`), writeHead(trainTagger(examples, { ...options, ...learner })));
}

const comments = readComments(join(values.data, 'goemotions'), 'train.tsv').map(({ text, emotions }) => ({
  text,
  labels: feelingsOf(emotions),
}));
const own: { urgent: string[]; calm: string[] } = parse(readFileSync(here('urgency.yaml'), 'utf8'));
const urgency = [...own.urgent.map((text) => ({ text, labels: ['urgency'] })), ...own.calm.map((text) => ({ text, labels: [] }))];
// Every twentieth comment beside them, so that what is neither is known too.
const others = comments.filter((_, n) => n % 20 === 0).map(({ text }) => ({ text, labels: [] }));

const all = [...urgency, ...others];
// Nobody calm is to be taken for angry.
const falseAlarms = { anger: 0.02 };
const net = { buckets: 2 ** 15, least: 4, units: 40, epochs: 6 };
await keep('feeling-words', comments, { epochs: 4, cost: 1, buckets: 2 ** 13, falseAlarms });
await keep('urgency-words', all, { dense: 6, buckets: 2 ** 11 });
await keep('feeling-e5', comments, { falseAlarms }, { inner: true, net });
await keep('urgency-e5', all, { dense: 6, buckets: 2 ** 11 }, { inner: false });
