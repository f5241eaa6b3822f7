/**
 * Trains the head that tells what somebody says in the middle of a step that is no word on how it went: `node models/training/midway.ts`. It reads
 * `midway.yaml` beside this file, and takes replies, the core's templates and the wishes written by hand for what is none. Writes
 * models/heads/midway-e5.head; the same texts give the same head.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'yaml';
import { trainClassifier } from '../src/understanding/classifier.ts';
import { writeHead } from '../src/understanding/head-file.ts';
import { type Said, speakTemplates, written } from './templates.ts';
import { vectorsBySource, withVectors } from './vectors.ts';

const read = (file: string): Said[] =>
  Object.entries(parse(readFileSync(new URL(file, import.meta.url), 'utf8')) as Record<string, string[]>).flatMap(([label, texts]) =>
    texts.map((text): Said => ({ text, labels: [label] })),
  );

const own = read('midway.yaml');
const sources = [own, read('replies.yaml'), ...['en', 'zh'].map((locale) => speakTemplates('core', locale)), written()];
const none = sources.slice(1).flat();
const known = new Set(own.map(({ text }) => text));
const all = [...own, ...none.filter(({ text }) => !known.has(text)).map(({ text }) => ({ text, labels: [] }))];
const vectors = await vectorsBySource(sources, { say: (line) => process.stderr.write(`  ${line}\n`) });
if (!vectors) process.exit(1);
const examples = withVectors(
  all,
  all.map(({ text }) => vectors.get(text)!),
);
const { known: _, ...weights } = trainClassifier(examples, { dense: 6, buckets: 2 ** 11 });
writeFileSync(new URL('../heads/midway-e5.head', import.meta.url), writeHead(weights));
