/**
 * Measures this machine: `npm run bench -- [set or group…] [--json] [--repeat N] [--quick | --share 0.1] [--data DIR] [--seed N]`.
 * Development sets are read from DIR, or from `../shared/data` beside the project; a set that is not there is skipped. Tables go to standard output; with `--json` its last line is one object, `{"<set>": {"<metric>": number}}`.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Bench, machineLine, mediansOf, metricsOf, type Row, tableOf } from './measure.ts';
import { groups, sets } from './sets.ts';

const { values, positionals } = parseArgs({
  options: {
    json: { type: 'boolean' },
    repeat: { type: 'string', default: '1' },
    share: { type: 'string', default: '1' },
    quick: { type: 'boolean', default: false },
    data: { type: 'string' },
    seed: { type: 'string', default: '0' },
  },
  allowPositionals: true,
});
const repeat = Number(values.repeat);
const share = values.quick ? 0.02 : Number(values.share);
const seed = Number(values.seed);
const strangers = positionals.filter((name) => !groups[name] && !sets.some((set) => set.name === name));
const wanted = new Set(positionals.flatMap((name) => groups[name]?.map((set) => set.name) ?? [name]));
const beside = fileURLToPath(new URL('../../../shared/data', import.meta.url));
const data = values.data ?? (existsSync(beside) ? beside : undefined);
if (strangers.length > 0 || !(repeat >= 1) || !(share > 0) || !Number.isSafeInteger(seed)) {
  console.error(
    strangers.length > 0
      ? `There is no set ${strangers.join(', ')}. There are: ${Object.entries(groups)
          .map(([group, its]) => `${group} (${its.map((set) => set.name).join(', ')})`)
          .join('; ')}.`
      : '--repeat is a number from 1, --share one above 0, --seed a whole number.',
  );
  process.exit(2);
}
const say = (line: string) => process.stderr.write(`  ${line}\n`);

async function measure(set: Bench): Promise<Row[] | { skipped: string }> {
  const runs: Row[][] = [];
  for (let n = 1; n <= repeat; n++) {
    say(`${set.name}${repeat > 1 ? `, run ${n} of ${repeat}` : ''} …`);
    const rows = await set.run({ share, seed, say, ...(data === undefined ? {} : { data }) });
    if ('skipped' in rows) return rows;
    runs.push(rows);
  }
  return mediansOf(runs);
}

console.log(`${machineLine()}\n${new Date().toISOString()}${repeat > 1 ? `, medians of ${repeat} runs` : ''}\n`);
if (share !== 1) console.log(`Only ${share} of the full length, sizes too: no figures to quote.\n`);
const metrics: Record<string, Record<string, number>> = {};
for (const set of sets) {
  if (wanted.size > 0 && !wanted.has(set.name)) continue;
  const rows = await measure(set);
  if ('skipped' in rows) {
    console.log(`${set.title}\n\nSKIPPED: ${rows.skipped}\n`);
    continue;
  }
  console.log(tableOf(set.title, rows));
  metrics[set.name] = metricsOf(rows);
}
if (values.json) console.log(JSON.stringify(metrics));
