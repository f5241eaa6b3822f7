/**
 * Trains the head that hears danger told without its name: `node models/training/danger.ts --data DIR`. It reads `danger.yaml` beside this file, and takes the packs'
 * templates, the wishes written by hand, the replies and sentences of public sets for what is none. Writes models/heads/danger-e5.head; the same texts give the same head.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { trainClassifier } from '../src/understanding/classifier.ts';
import { writeHead } from '../src/understanding/head-file.ts';
import { plainSets } from './plain.ts';
import { packs, type Said, sentencesOf, speakTemplates, written } from './templates.ts';
import { vectorsBySource, withVectors } from './vectors.ts';

const read = (file: string) => sentencesOf(file, 'none');

/** Signs of the packs that may be danger as well: neither danger nor surely none. */
const near =
  /burn|smok|smell|odou?r|stink|spark|flame|fire|gas|leak|fuel|petrol|fume|flash|shock|brake|pedal|焦|糊|煳|烟|味|火|燃|电到|漏电|煤气|汽油|刹|烫/i;
type Titled = { title?: { en: string; zh: string }; explanation?: { en: string; zh: string } };
/** What the packs' faults and signs are called, and how a fault is told in a sentence: a machine with something the matter. */
function faultsOf(family: string): Said[] {
  const folder = new URL(`${family}/`, packs);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /^(?:faults|observations)(?:\/[^/]+)?\.yaml$/.test(file))
    .sort()
    .flatMap((file) => Object.values(parse(readFileSync(new URL(file, folder), 'utf8')) as Record<string, Record<string, Titled>>))
    .flatMap((all) => Object.values(all))
    .flatMap(({ title, explanation }) => [title?.en, title?.zh, explanation?.en, explanation?.zh])
    .flatMap((text) => (text ? [{ text, labels: [] }] : []));
}

const { values } = parseArgs({ options: { data: { type: 'string' } } });
if (!values.data) throw new Error('say where the data is: --data DIR');
const say = (line: string) => process.stderr.write(`  ${line}\n`);
const own = read('danger.yaml');
const families = readdirSync(packs, { withFileTypes: true }).filter(
  (entry) => entry.isDirectory() && entry.name !== 'src' && entry.name !== 'node_modules',
);
const sources = [
  own,
  read('replies.yaml'),
  read('midway.yaml').filter(({ labels }) => labels[0] !== 'danger'),
  written(),
  ...families.flatMap(({ name }) => ['en', 'zh'].map((locale) => speakTemplates(name, locale))),
  ...families.map(({ name }) => faultsOf(name)),
];
const known = new Set(own.map(({ text }) => text));
const none = sources
  .slice(1)
  .flat()
  .filter(({ text }) => !known.has(text) && !near.test(text))
  .map(({ text }): Said => ({ text, labels: [] }));
// What was written for this counts twice, and what of it is no danger six times: the others are many, and far from any danger.
const sounds = own.filter(({ labels }) => labels.length === 0);
const all = [...own, ...own, ...sounds, ...none];
const vectors = await vectorsBySource(sources, { say });
if (!vectors) process.exit(1);
const plain = Object.values(await plainSets(values.data, say)).flatMap(({ learned }) => learned);
const examples = [
  ...withVectors(
    all,
    all.map(({ text }) => vectors.get(text)!),
  ),
  ...plain.map(({ text, vector }) => ({ text, vector, labels: [] })),
  ...[...sounds, ...sounds, ...sounds].map((said) => ({ ...said, vector: vectors.get(said.text)! })),
];
const { known: _, ...weights } = trainClassifier(examples, { dense: 6, buckets: 2 ** 10, tells: ({ text }) => known.has(text) });
writeFileSync(new URL('../heads/danger-e5.head', import.meta.url), writeHead(weights));
