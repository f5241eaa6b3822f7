import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { huntFailpoints, type MomentHunt } from './failpoints/hunt.ts';
import { moments } from './failpoints/moments.ts';
import { results } from './run-seeds.ts';

/**
 * `npm run prove:failpoints`: a real edge or hub dies as of kill -9 at each named moment, the first `--times` times it is reached. `--only` takes
 * beginnings of names, with commas; `--keep` writes the result of each moment into docs/results.
 */
const { values } = parseArgs({
  options: { times: { type: 'string', default: '3' }, only: { type: 'string', default: '' }, keep: { type: 'boolean', default: false } },
});
const file = resolve(results, 'failpoints.json');
const kept: Record<string, MomentHunt> = values.keep && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
const names = Object.keys(moments).filter((name) => values.only.split(',').some((beginning) => name.startsWith(beginning)));
const times = Array.from({ length: Number(values.times) }, (_, i) => i + 1);
const hunts = await huntFailpoints(names, times, (name, hunt) => {
  process.stdout.write(`${name}: died ${hunt.died} times as it must be${hunt.wrong.map((why) => `; WRONG, ${why}`).join('')}\n`);
  kept[name] = hunt;
  if (values.keep) writeFileSync(file, `${JSON.stringify(kept, null, 2)}\n`);
});
const wrong = Object.values(hunts).flatMap((hunt) => hunt.wrong).length;
process.stdout.write(`${names.length} moments, ${times.length} times each: ${wrong} wrong\n`);
process.exitCode = wrong === 0 ? 0 : 1;
