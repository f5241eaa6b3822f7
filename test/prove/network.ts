import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { allPairs, huntNetwork } from './network/hunt.ts';
import { results } from './run-seeds.ts';

/** `npm run prove:network`: every fault of a connection in every phase of sync. `--keep` writes the result into docs/results. */
const hunt = await huntNetwork(allPairs);
for (const wrong of hunt.wrong) process.stdout.write(`${wrong}\n`);
process.stdout.write(`${hunt.tried} tried, ${hunt.wrong.length} wrong, the slowest took ${hunt.slowestMs} ms\n`);
if (process.argv.includes('--keep')) writeFileSync(resolve(results, 'network.json'), `${JSON.stringify(hunt, null, 2)}\n`);
process.exitCode = hunt.wrong.length === 0 ? 0 : 1;
