import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { metricsOf } from '../bench/measure.ts';
import { record } from '../bench/record.ts';
import { results } from './run-seeds.ts';
import { measureStart, type StartHunt } from './size/measure-start.ts';

/** `verify` is missing where the run ended before it. */
export type SizeHunt = StartHunt & { verify?: { entries: number; seconds: number; cpuSeconds: number } };

/**
 * `npm run prove:size`: an edge starts with a store of one gigabyte, notices damage in it while it serves, and a record of a million entries is verified.
 * `--keep` writes the result into docs/results.
 */
const start = await measureStart(1e9);
process.stdout.write(`${JSON.stringify(start)}\n`);
keep(start);
const rows = await record.run({ share: 1, seed: 0, say: (line) => process.stderr.write(`  ${line}\n`) });
if ('skipped' in rows) throw new Error(rows.skipped);
const { verifySecondsPerMillion, verifyCpuSecondsPerMillion } = metricsOf(rows);
const verify = { entries: 1_000_000, seconds: verifySecondsPerMillion as number, cpuSeconds: verifyCpuSecondsPerMillion as number };
const hunt: SizeHunt = { ...start, verify };
process.stdout.write(`${JSON.stringify(hunt, null, 2)}\n`);
keep(hunt);
process.exitCode = verify.seconds <= 60 && start.full.seconds <= 3 ? 0 : 1;

function keep(hunt: SizeHunt): void {
  if (process.argv.includes('--keep')) writeFileSync(resolve(results, 'size.json'), `${JSON.stringify(hunt, null, 2)}\n`);
}
