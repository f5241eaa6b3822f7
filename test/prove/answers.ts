import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createLlamaGenerator, createModels } from '@wayside/models';
import { passagesOfPacks } from '../bench/understanding/answered.ts';
import { type AnswerHunt, askNext, nothingAsked } from './answers/hunt.ts';
import { results } from './run-seeds.ts';

/**
 * `npm run prove:answers -- --count 1000 --keep`: answers of the local model as an edge would say them, until so many were said in all; a check that shares
 * no code with the edge's looks for numbers, codes and acts that no cited passage has. `--keep` goes on where docs/results/answers.json ends, and adds to it
 * after each answer, so that it can be stopped at any moment. `--threads N`.
 */
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000' },
    threads: { type: 'string', default: '2' },
    keep: { type: 'boolean', default: false },
  },
});
const models = createModels();
const found = models.list().find(({ id, task }) => task === 'generate' && models.resolve(id) !== undefined);
if (!found) {
  process.stderr.write('No local model is here; run: npm run wayside -- models pull\n');
  process.exit(2);
}
const { id, languages } = found;
const generator = createLlamaGenerator({
  model: () => ({ id, path: models.resolve(id)!, languages: [...languages] }),
  threads: Number(values.threads),
  now: () => performance.now(),
});
const file = resolve(results, 'answers.json');
const kept = values.keep && existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as AnswerHunt) : undefined;
let hunt = kept?.model === id ? kept : nothingAsked(id);
const pools = await passagesOfPacks();

await generator.start();
while (hunt.answers < Number(values.count)) {
  const before = hunt.wrong.length;
  hunt = await askNext(hunt, generator, pools);
  for (const one of hunt.wrong.slice(before)) process.stdout.write(`question ${one.question}: ${one.invented.join(', ')}: ${one.text}\n`);
  if (hunt.asked % 20 === 0) process.stdout.write(`${hunt.asked} asked, ${hunt.answers} answered, ${hunt.wrong.length} wrong\n`);
  if (!values.keep) continue;
  mkdirSync(dirname(file), { recursive: true });
  // Whole or not at all: it may be killed between two bytes.
  writeFileSync(`${file}.new`, `${JSON.stringify(hunt, null, 2)}\n`);
  renameSync(`${file}.new`, file);
}
await generator.stop();
const { model: by, wrong, ...counts } = hunt;
process.stdout.write(
  `${by}: ${JSON.stringify(counts)}\n${wrong.length === 0 ? 'nothing invented' : `${wrong.length} answers with something INVENTED`}\n`,
);
process.exitCode = wrong.length === 0 ? 0 : 1;
