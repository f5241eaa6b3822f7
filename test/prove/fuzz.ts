import { type FuzzHunt, huntFuzz } from './fuzz/hunt.ts';
import { runSeeds } from './run-seeds.ts';

/**
 * `npm run prove:fuzz`: what comes from outside, changed: frames of MQTT and WebSockets, messages of devices, bodies of HTTP, files, metadata of updates. Each may
 * be refused in our own words; nothing may be thrown that is no refusal, and no library may warn. `--count`, `--seed`, `--keep`.
 */
await runSeeds<FuzzHunt>({
  perSeed: 2_000_000,
  count: 100_000_000,
  file: 'fuzz.json',
  run: huntFuzz,
  bad: ({ faults }) => faults.length,
  say: ({ eaten, kinds = {}, faults, grewMiB }) =>
    `${eaten} eaten, ${Object.values(kinds).reduce((sum, many) => sum + many, 0)} kinds of answers, ${faults.length} faults, memory ${grewMiB >= 0 ? '+' : ''}${grewMiB} MiB${faults.map((one) => `\n  ${one.target}: ${one.error}\n    ${one.bytes.slice(0, 200)}`).join('')}`,
});
