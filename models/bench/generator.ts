/**
 * Measures generators on the groundedness sets beside this file: `node models/bench/generator.ts [--json] [--show] [FILE.gguf …]`.
 * Without files it takes the template and every generate model that is in the cache.
 */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import type { Generator } from '../src/language/generator.ts';
import { createLlamaGenerator } from '../src/language/port-llama.ts';
import { createTemplateGenerator } from '../src/language/port-template.ts';
import { createModels } from '../src/models.ts';
import { measureBareLoop } from './bare-loop.ts';
import { judge, readItems } from './groundedness.ts';

const { values, positionals } = parseArgs({ options: { json: { type: 'boolean' }, show: { type: 'boolean' } }, allowPositionals: true });
const now = () => performance.now();
const percent = (part: number, whole: number) => Math.round((100 * part) / Math.max(1, whole));
const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

/** Resident memory of a process in MiB, where the system has /proc. */
function residentMiB(pid: number): number {
  try {
    return Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024);
  } catch {
    return 0;
  }
}

async function measure(generator: Generator): Promise<Record<string, number>> {
  const row: Record<string, number> = {};
  const [rates, firsts, totals]: [number[], number[], number[]] = [[], [], []];
  await generator.start();
  // The first turn of each language pays for loading and for reading the system text; it is not what a person waits for later.
  for (const one of [readItems('en')[0]!, readItems('zh')[0]!])
    await generator.generate({ utterance: one.say, locale: one.locale, offered: one.offered, deadlineMs: 60_000 });
  for (const locale of ['en', 'zh'] as const) {
    const items = readItems(locale);
    const judged = [];
    for (const one of items) {
      const generated = await generator.generate({ utterance: one.say, locale, offered: one.offered, deadlineMs: 60_000 });
      const verdict = judge(one, generated);
      judged.push(verdict);
      if (values.show)
        console.log(
          verdict.right ? 'right' : 'WRONG',
          one.say,
          JSON.stringify('draft' in generated ? generated.draft : generated),
          verdict.why,
        );
      if (generated.kind !== 'draft') continue;
      firsts.push(generated.firstTokenMs);
      totals.push(generated.ms);
      if (generated.tokens > 20 && generated.ms > generated.firstTokenMs)
        rates.push((1000 * generated.tokens) / (generated.ms - generated.firstTokenMs));
    }
    row[`${locale}.grounded`] = percent(judged.filter((one) => one.grounded).length, judged.filter((one) => one.answered).length);
    row[`${locale}.right`] = percent(judged.filter((one) => one.right).length, items.length);
  }
  if (rates.length > 0) row.tokensPerSecond = Math.round(median(rates));
  row.firstTokenMs = Math.round(median(firsts));
  row.answerMs = Math.round(median(totals));
  const { pid } = generator.stats();
  if (pid) row.residentMiB = residentMiB(pid);
  await generator.stop();
  return row;
}

const models = createModels();
const files = positionals.length
  ? positionals.map((path) => ({ id: basename(path), path }))
  : models.list().flatMap(({ id, task }) => (task === 'generate' && models.resolve(id) ? [{ id, path: models.resolve(id)! }] : []));
const table: Record<string, Record<string, number>> = { template: await measure(createTemplateGenerator({ now })) };
for (const { id, path } of files) {
  const bare = await measureBareLoop(path, availableParallelism());
  const generator = createLlamaGenerator({ model: () => ({ id, path, languages: ['en', 'zh'] }), threads: availableParallelism(), now });
  table[id] = { ...(await measure(generator)), ...bare };
  if (!values.json) console.log(id, table[id]);
}
if (values.json) console.log(JSON.stringify(table));
else console.table(table);
