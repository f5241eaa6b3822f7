import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';

export const results = resolve(import.meta.dirname, '../../docs/results');

/**
 * Runs a proof seed by seed, says each result with its seed, and ends with 1 when one of them is not as it must be. `--count`, `--seed`, `--keep`.
 * @param perSeed so many are drawn from one seed; a failing seed is run again by `--seed N --count M`
 */
export async function runSeeds<R>(proof: {
  perSeed: number;
  count: number;
  file: string;
  run(count: number, seed: number): Promise<R>;
  bad(result: R): number;
  say(result: R): string;
}): Promise<void> {
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: String(proof.count) },
      seed: { type: 'string', default: '1' },
      keep: { type: 'boolean', default: false },
    },
  });
  const [count, first] = [Number(values.count), Number(values.seed)];
  const file = resolve(results, proof.file);
  const kept: Record<string, R> = values.keep && existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, R>) : {};
  let bad = 0;
  for (let done = 0; done < count; done += proof.perSeed) {
    const seed = first + done / proof.perSeed;
    const result = await proof.run(Math.min(proof.perSeed, count - done), seed);
    bad += proof.bad(result);
    process.stdout.write(`seed ${seed}: ${proof.say(result)}\n`);
    if (!values.keep) continue;
    kept[seed] = result;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(kept, null, 2)}\n`);
  }
  process.stdout.write(bad === 0 ? `all ${count} as they must be\n` : `${bad} NOT as they must be\n`);
  process.exitCode = bad === 0 ? 0 : 1;
}
