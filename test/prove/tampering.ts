import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { huntTampering } from './hunt-tampering.ts';

/**
 * `npm run prove:tampering`: a million changes to true records, every one of which must be caught, and no record that was left alone called
 * wrong. `--count` and `--seed` choose how many and which; what was run is added to docs/results/tampering.json, by seed.
 */
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    keep: { type: 'boolean', default: false },
  },
});
const [count, seed] = [Number(values.count), Number(values.seed)];
const perSeed = 50_000;
const results = resolve(import.meta.dirname, '../../docs/results');
const file = join(results, 'tampering.json');

type Kept = { [seed: string]: Awaited<ReturnType<typeof huntTampering>> };
const kept: Kept = values.keep && existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Kept) : {};
let missed = 0;
for (let done = 0; done < count; done += perSeed) {
  const at = seed + done / perSeed;
  const found = await huntTampering(Math.min(perSeed, count - done), at);
  missed += found.missed.length + found.falseAlarms;
  process.stderr.write(
    `seed ${at}: ${found.caught} of ${found.tried} caught, ${found.falseAlarms} false alarms in ${found.honest} records\n`,
  );
  if (values.keep) {
    kept[at] = found;
    mkdirSync(results, { recursive: true });
    writeFileSync(file, `${JSON.stringify(kept, null, 1)}\n`);
  }
}
process.stdout.write(missed === 0 ? `all of ${count} caught\n` : `${missed} NOT as they must be\n`);
process.exitCode = missed === 0 ? 0 : 1;
