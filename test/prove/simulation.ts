import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { results } from './run-seeds.ts';
import { huntPlant, huntSimulation, type SimulationHunt } from './simulation/hunt.ts';
import { type Plant, plants } from './simulation/plants.ts';

/**
 * `npm run prove:simulation -- --seeds 100000`: worlds of edges, hub, network, disks and clocks, each from one seed. `--from N` the first seed; one that
 * failed is run again by `--from SEED --seeds 1`. `--plants` plants each bug in turn and says which seed finds it. `--keep` adds to docs/results, each
 * thousand as it is done: a run may be stopped, others may run beside it, and `--from` the next seed goes on.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '10000' },
    from: { type: 'string', default: '1' },
    plants: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
});
const [seeds, from] = [Number(values.seeds), Number(values.from)];
const file = resolve(results, 'simulation.json');

/** Reads anew each time: another run may have added its own meanwhile. */
function keep(add: (kept: SimulationHunt) => void): void {
  if (!values.keep) return;
  const kept: SimulationHunt = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as SimulationHunt)
    : { ranges: {}, acts: {}, saved: 0, wrong: [], plants: {} };
  add(kept);
  mkdirSync(dirname(file), { recursive: true });
  // Whole or not at all: another run may read it now.
  writeFileSync(`${file}.${process.pid}`, `${JSON.stringify(kept, null, 2)}\n`);
  renameSync(`${file}.${process.pid}`, file);
}

if (values.plants) {
  let missed = 0;
  for (const plant of Object.keys(plants) as Plant[]) {
    const found = await huntPlant(plant, seeds, from);
    if (found === undefined) missed++;
    else
      keep((kept) => {
        kept.plants[plant] = found.seed;
      });
    process.stdout.write(`${plant}: ${found ? `seed ${found.seed}: ${found.wrong[0]}` : `NOT found in ${seeds} seeds`}\n`);
  }
  process.exitCode = missed === 0 ? 0 : 1;
} else {
  let wrong = 0;
  for (let at = from; at < from + seeds; at += 1_000) {
    const count = Math.min(1_000, from + seeds - at);
    const hunt = await huntSimulation(count, at);
    for (const one of hunt.wrong) process.stdout.write(`seed ${one.seed}: ${one.wrong.join('; ')}\n`);
    wrong += hunt.wrong.length;
    process.stdout.write(`seeds ${at} to ${at + count - 1}: ${hunt.saved} records saved, ${hunt.wrong.length} worlds wrong\n`);
    keep((kept) => {
      const [first, many] = Object.entries(kept.ranges).find(([first, many]) => Number(first) + many === at) ?? [at, 0];
      kept.ranges[first] = many + count;
      kept.saved += hunt.saved;
      kept.wrong.push(...hunt.wrong);
      for (const [act, times] of Object.entries(hunt.acts)) kept.acts[act] = (kept.acts[act] ?? 0) + times;
    });
  }
  process.exitCode = wrong === 0 ? 0 : 1;
}
