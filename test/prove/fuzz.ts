import { type FuzzHunt, huntFuzz } from './fuzz/hunt.ts';
import { runSeeds } from './run-seeds.ts';

/**
 * `npm run prove:fuzz`: what comes from outside, changed: MQTT frames, device messages, sync bodies, case files, policies, packs. Each may be refused in our
 * own words; nothing may be thrown that is no refusal. `--count`, `--seed`, `--keep`.
 */
await runSeeds<FuzzHunt>({
  perSeed: 100_000,
  count: 1_000_000,
  file: 'fuzz.json',
  run: huntFuzz,
  bad: ({ faults }) => faults.length,
  say: ({ eaten, faults, grewMiB }) =>
    `${eaten} eaten, ${faults.length} faults, memory ${grewMiB >= 0 ? '+' : ''}${grewMiB} MiB${faults.map((one) => `\n  ${one.target}: ${one.error}\n    ${one.bytes.slice(0, 200)}`).join('')}`,
});
