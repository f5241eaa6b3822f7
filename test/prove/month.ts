import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { huntMonth } from './month/hunt.ts';
import { results } from './run-seeds.ts';

/**
 * `npm run prove:month`: an edge that was a month without its hub brings up what it has for it, `--count` records, in order, behind whoever asks for a
 * person now. `--keep` writes the result into docs/results.
 */
const { values } = parseArgs({ options: { count: { type: 'string', default: '10000000' }, keep: { type: 'boolean', default: false } } });
const hunt = await huntMonth(Number(values.count), (line) => process.stdout.write(`${line}\n`));
process.stdout.write(`${JSON.stringify(hunt, null, 2)}\n`);
if (values.keep) writeFileSync(resolve(results, 'month.json'), `${JSON.stringify(hunt, null, 2)}\n`);
process.exitCode = hunt.wrong.length === 0 ? 0 : 1;
