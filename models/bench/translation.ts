/**
 * Measures translation on the packs' own sentences, which are written in both languages: `node models/bench/translation.ts [--json] [--show]
 * [--count N] [--threads N] [FILE.gguf …]`. Without files it takes every generate model that is here and knows both languages.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Locale } from '@wayside/protocol';
import { parse } from 'yaml';
import type { Generator } from '../src/language/generator.ts';
import { lossesIn } from '../src/language/losses.ts';
import { createLlamaGenerator } from '../src/language/port-llama.ts';
import { createModels } from '../src/models.ts';
import { chrF } from './chrf.ts';

type Pair = Record<Locale, string>;
const packs = resolve(import.meta.dirname, '../../devices/packs');
const between = { least: 15, most: 220 };

/** Everything in a file that is said in both languages. */
function pairsIn(value: unknown): Pair[] {
  if (typeof value !== 'object' || value === null) return [];
  const { en, zh } = value as Partial<Pair>;
  if (typeof en === 'string' && typeof zh === 'string') return en.length >= between.least && en.length <= between.most ? [{ en, zh }] : [];
  return Object.values(value).flatMap(pairsIn);
}

/** Sentences of faults and procedures, evenly from all packs. */
function readPairs(count: number): Pair[] {
  const files = readdirSync(packs, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(^|\/)(faults|procedures)(\/|\.yaml)/.test(file) && file.endsWith('.yaml') && !file.includes('tests/'))
    .sort();
  const all = [
    ...new Map(files.flatMap((file) => pairsIn(parse(readFileSync(join(packs, file), 'utf8')))).map((pair) => [pair.en, pair])).values(),
  ];
  const step = Math.max(1, Math.floor(all.length / count));
  return all.filter((_, i) => i % step === 0).slice(0, count);
}

async function measure(generator: Generator, pairs: readonly Pair[], show: boolean) {
  const rows: Record<string, number> = {};
  for (const [from, to] of [
    ['zh', 'en'],
    ['en', 'zh'],
  ] as const) {
    const scores: number[] = [];
    const lost = new Map<string, number>();
    for (const pair of pairs) {
      const done = await generator.translate!({ text: pair[from], from, to, names: [], deadlineMs: 300_000 });
      if (done.kind === 'translation') scores.push(chrF(done.text, pair[to]));
      else {
        const why = done.kind === 'lost' ? (done.losses[0]?.what ?? '') : done.reason;
        lost.set(why, (lost.get(why) ?? 0) + 1);
      }
      if (show) console.log(`${to}: ${pair[from]}\n    ${done.kind === 'translation' ? done.text : JSON.stringify(done)}\n    ${pair[to]}`);
    }
    rows[`${from}-${to}.shown`] = scores.length / pairs.length;
    rows[`${from}-${to}.chrF`] = scores.reduce((sum, score) => sum + score, 0) / Math.max(1, scores.length);
    if (show) console.log(Object.fromEntries(lost));
  }
  return rows;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean' },
    show: { type: 'boolean' },
    count: { type: 'string', default: '60' },
    threads: { type: 'string', default: '1' },
  },
});
const pairs = readPairs(Number(values.count));
const now = () => performance.now();
const models = createModels();
const here = models.list().filter((one) => one.task === 'generate' && one.present && one.languages.includes('zh'));
const files =
  positionals.length > 0
    ? positionals.map((path) => ({ id: basename(path), path }))
    : here.map(({ id }) => ({ id, path: models.resolve(id)! }));
const results: Record<string, Record<string, number>> = {
  // How often the check refuses what a person wrote: people translate freely, so this is the most it can be.
  check: { refusesPeople: pairs.filter(({ en, zh }) => lossesIn(zh, en, 'en', []).length > 0).length / pairs.length },
};
for (const { id, path } of files) {
  const generator = createLlamaGenerator({ model: () => ({ id, path, languages: ['en', 'zh'] }), threads: Number(values.threads), now });
  results[id] = await measure(generator, pairs, values.show === true);
  await generator.stop();
}
if (values.json) console.log(JSON.stringify(results));
else
  for (const [id, rows] of Object.entries(results))
    console.log(id, Object.fromEntries(Object.entries(rows).map(([k, v]) => [k, Number(v.toFixed(3))])));
