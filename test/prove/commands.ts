import { type CommandHunt, huntCommands } from './hunt-commands.ts';
import { runSeeds } from './run-seeds.ts';

/**
 * `npm run prove:commands`: attempts to have a machine do something nobody with a right to it has agreed to. None may get through. `--count` and
 * `--seed` choose how many and which; `--keep` adds what was run to docs/results/commands.json, by seed.
 */
await runSeeds<CommandHunt>({
  perSeed: 20_000,
  count: 100_000,
  file: 'commands.json',
  run: huntCommands,
  bad: ({ unauthorised }) => unauthorised.length,
  say: ({ attempts, sent, unauthorised }) => `${attempts} attempts, ${sent} commands sent, ${unauthorised.length} unauthorised`,
});
