import { huntRot, type RotHunt } from './rot/hunt.ts';
import { runSeeds } from './run-seeds.ts';

/**
 * `npm run prove:rot`: bits of an edge's store that lies still are flipped, one at a time. Each must change nothing that is read, or be noticed: by SQLite as
 * the edge looks through its store, or by the record. `--count`, `--seed`, `--keep`.
 */
const sum = (of: Record<string, number>) => Object.values(of).reduce((all, one) => all + one, 0);
await runSeeds<RotHunt>({
  perSeed: 2_000,
  count: 100_000,
  file: 'rot.json',
  run: huntRot,
  bad: ({ silent }) => sum(silent),
  say: ({ flips, harmless, bySqlite, byRecord, silent, unsealed }) =>
    `${flips} bits: ${harmless} changed nothing, ${bySqlite} noticed by SQLite, ${byRecord} by the record; unnoticed ${JSON.stringify(silent)}, in what is not sealed yet ${JSON.stringify(unsealed)}`,
});
