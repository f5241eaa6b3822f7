import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Knowledge } from '../../../edge/agent/src/knowledge/knowledge.ts';
import { openZipEntry } from '../../../models/src/sources/zip-entry.ts';
import { sequence } from '../../../models/src/understanding/train-head.ts';
import type { Bench } from '../measure.ts';
import { csvRows, notThere } from './read-set.ts';
import { searchedIn } from './search-in.ts';

type Doc = { id: string; recall: string; text: string };

const mostQueries = 500;
const source = 'our own baseline: BM25, k1 1.2, b 0.75, the same protocol';
const baselines: Record<string, [hit1: number, hit5: number]> = {
  'RCL_FROM_2025_2026.zip': [0.73, 0.825],
  'RCL_FROM_2020_2024.zip': [0.58, 0.732],
};

/** The distinct texts of a file's recalls. */
async function docsOf(archive: string, inner: string): Promise<Doc[]> {
  const { stream, close } = await openZipEntry(archive, inner);
  const pieces: Buffer[] = [];
  try {
    for await (const piece of stream) pieces.push(piece as Buffer);
  } finally {
    close();
  }
  const distinct = new Map<string, Doc>();
  for (const row of csvRows(Buffer.concat(pieces).toString('utf8'))) {
    const [recall = '', text = ''] = [row['NHTSA ID'], row.SUMMARY?.trim()];
    if (text !== '' && !distinct.has(`${recall} ${text}`)) distinct.set(`${recall} ${text}`, { id: `d${distinct.size}`, recall, text });
  }
  return [...distinct.values()];
}

const same = (a: string, b: string) => a.toLowerCase().replace(/\W+/g, ' ').trim() === b.toLowerCase().replace(/\W+/g, ' ').trim();
/** A text without what would give its recall away: its number, makers' numbers, and any of four digits or more. */
const withoutNumbers = ({ text, recall }: Doc) => text.replaceAll(recall, ' ').replace(/\b(?=\w*\d)[\w-]{4,}\b/g, ' ');

/** What is asked: texts of twelve words and more whose recall has another one in other words; five hundred of them, the same every time. */
function queriesOf(docs: readonly Doc[]): Doc[] {
  const queries = docs.filter(
    (doc) =>
      doc.text.split(/\s+/).length >= 12 &&
      docs.some((other) => other !== doc && other.recall === doc.recall && !same(other.text, doc.text)),
  );
  const random = sequence(7);
  return queries
    .map((doc) => ({ doc, order: random() }))
    .sort((a, b) => a.order - b.order)
    .slice(0, mostQueries)
    .map(({ doc }) => doc);
}

type Hits = { hit1: number; hit5: number };

async function hitsOf(docs: readonly Doc[], queries: readonly Doc[], knowledge: Knowledge, weak: boolean): Promise<Hits> {
  const byId = new Map(docs.map((doc) => [doc.id, doc]));
  let [hit1, hit5] = [0, 0];
  for (const query of queries) {
    const passages = await knowledge.search({ text: withoutNumbers(query), locale: 'en', family: 'vehicle', weak, limit: 32 });
    const found = passages.map(({ article }) => byId.get(article)!).filter((doc) => !same(doc.text, query.text));
    const at = found.findIndex(({ recall }) => recall === query.recall);
    if (at === 0) hit1++;
    if (at >= 0 && at < 5) hit5++;
  }
  return { hit1: hit1 / queries.length, hit5: hit5 / queries.length };
}

/** Texts on recalls: one letter on a defect must find the others on the same one, told in other words, through the edge's own search. */
export const nhtsaRecalls: Bench = {
  name: 'nhtsa-recalls',
  title: 'NHTSA recalls: from one text on a defect to another on the same (the edge’s own search)',
  async run({ data, say }) {
    const folder = join(data ?? '', 'nhtsa-recalls');
    const archives = data === undefined ? [] : (await readdir(folder).catch(() => [])).filter((name) => /^RCL_.*\.zip$/.test(name)).sort();
    // The later years are the development part; where the earlier ones are, they are what is judged.
    const archive = archives[0];
    if (!archive) return notThere('nhtsa-recalls');
    const docs = await docsOf(join(folder, archive), archive.replace(/\.zip$/, '.csv'));
    say(`${docs.length} texts of ${archive}`);
    const queries = queriesOf(docs);
    const [ranked, answered] = await searchedIn(docs, async (knowledge) => [
      await hitsOf(docs, queries, knowledge, true),
      await hitsOf(docs, queries, knowledge, false),
    ]);
    const known = baselines[archive];
    const published = (i: 0 | 1) => (known ? [{ by: 'BM25 baseline', value: known[i], source }] : []);
    return [
      {
        metric: 'hit1',
        says: `The first found is on the same recall, ${queries.length} queries`,
        value: ranked.hit1,
        unit: '',
        goal: { atLeast: 0.85 },
        published: published(0),
      },
      { metric: 'hit5', says: 'One of the first five is', value: ranked.hit5, unit: '', published: published(1) },
      { metric: 'answeredHit1', says: 'The same where what fits too little is not answered with: first', value: answered.hit1, unit: '' },
      { metric: 'answeredHit5', says: 'The same, one of the first five', value: answered.hit5, unit: '' },
    ];
  },
};
