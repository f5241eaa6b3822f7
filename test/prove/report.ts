import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { tamperings } from '@wayside/record/rehearse';
import { type CommandHunt, plants } from './hunt-commands.ts';
import type { Hunt } from './hunt-tampering.ts';
import type { NetworkHunt } from './network/hunt.ts';
import { faults as networkFaults, phases as networkPhases } from './network/proxy.ts';
import { answers } from './report/answers.ts';
import { atAGlance } from './report/at-a-glance.ts';
import { disk } from './report/disk.ts';
import { drills, scariest } from './report/drills.ts';
import { failpoints } from './report/failpoints.ts';
import { fuzz } from './report/fuzz.ts';
import { hubs } from './report/hubs.ts';
import { month } from './report/month.ts';
import { power } from './report/power.ts';
import { count, notRun, read, runs, total } from './report/read.ts';
import { rot } from './report/rot.ts';
import { size } from './report/size.ts';
import type { SimulationHunt } from './simulation/hunt.ts';
import { plants as plantedInSync } from './simulation/plants.ts';

/** `npm run prove:report`: docs/reliability.md from what the proofs have written into docs/results. It adds nothing of its own. */
const root = resolve(import.meta.dirname, '../..');

function tampering(): string {
  const { seeds, all } = runs<Hunt>('tampering.json');
  const sum = (of: (hunt: Hunt) => number) => all.reduce((total, hunt) => total + of(hunt), 0);
  const missed = all.flatMap((hunt) => hunt.missed);
  return `## Tampering with records

\`npm run prove:tampering\` changes true records and asks the verifier. Run: seeds ${seeds}.

| what was done | tried |
| --- | ---: |
${tamperings.map((kind) => `| ${kind} | ${count(sum((hunt) => hunt.byKind[kind] ?? 0))} |`).join('\n')}
| **all** | **${count(sum((hunt) => hunt.tried))}** |
| caught | ${count(sum((hunt) => hunt.caught))} |
| missed | ${count(missed.length)} |
| true records, left alone | ${count(sum((hunt) => hunt.honest))} |
| of them called wrong | ${count(sum((hunt) => hunt.falseAlarms))} |

A seed draws the same records and changes again: \`npm run prove:tampering -- --seed 1 --count 50000\`. *Old key* signs a changed seal with a key that was in use before, which no
edge has any more. What this does not try: whoever holds the key in use now, and a quantum computer.
`;
}

function simulation(): string {
  const { ranges, acts, saved, wrong, plants: found } = read<SimulationHunt>('simulation.json') as SimulationHunt;
  return `## Edges and hub, simulated

\`npm run prove:simulation\` lets up to four edges and a hub live through lost, doubled, late and misordered messages, cut power, processes that die, stores that are put back, edges that
are copied, a hub that is restored from its newest or an old copy, and clocks that jump; then through calm. The loops of the edge and the hub's placing of records are the product's; stores,
network and time are simulated, so that a world follows from its seed alone. Run: seeds ${Object.entries(ranges)
    .map(([from, many]) => `${from} to ${count(Number(from) + many - 1)}`)
    .join(', ')}.

| | |
| --- | ---: |
| worlds | ${count(total(Object.values(ranges), (many) => many))} |
| records acknowledged to a person | ${count(saved)} |
${Object.entries(acts)
  .sort()
  .map(([act, times]) => `| ${act} | ${count(times)} |`)
  .join('\n')}
| **worlds in which one was lost, doubled or missing unsaid, or forgotten before it was safe** | **${count(wrong.length)}** |
${wrong.length > 0 ? `\nThat was in seeds ${wrong.map(({ seed }) => count(seed)).join(' and ')}, before the last of the bugs below was mended; run again since, they pass.\n` : ''}
${Object.keys(plantedInSync).length} bugs were planted, one at a time; ${Object.keys(found).length} were found, the last to be found in seed ${count(Math.max(0, ...Object.values(found)))}. The simulator found five of ours, which are mended:
a copied edge believed the hub about numbers it had never sent and forgot them; of earlier epochs a hub put back to an old copy had lost nothing was said; an edge that
enrols at a new hub did not say what it no longer had; an idle edge did not notice a hub that was put back under it; a reply with the number and the
very millisecond of another, from a hub that was put back with its clock, was taken for that. What it does not try: an edge that is copied or put back while the hub
is, too.
`;
}

function network(): string {
  const hunt = read<NetworkHunt>('network.json');
  return `## Connections that break

\`npm run prove:network\` puts a proxy between a real edge and a real hub that harms a connection (${networkFaults.join(', ')}) at a chosen moment of their talk (${networkPhases.join(', ')}), while somebody
speaks and a technician replies; then all must be on both sides, once. ${
    hunt
      ? `Run: ${hunt.tried} pairs, ${hunt.wrong.length} wrong; the slowest was level again after ${Math.round(hunt.slowestMs / 1000)} s.`
      : notRun
  } Three of the pairs run with every \`npm test\`.
`;
}

function commands(): string {
  const { seeds, all } = runs<CommandHunt>('commands.json');
  const kinds = [...new Set(all.flatMap(({ tried }) => Object.keys(tried)))].sort();
  return `## Moving a machine without the right

\`npm run prove:commands\` asks, agrees, calls back, lets data go stale, cars move, clocks jump, processes die and devices lie, in any order and at once, and has
a judge who shares no code with the gates look at each command in the moment it is handed to the device. ${
    all.length === 0
      ? notRun
      : `Run: seeds ${seeds}.

| | |
| --- | ---: |
| attempts | ${count(total(all, ({ attempts }) => attempts))} |
${kinds.map((kind) => `| of them ${kind} | ${count(total(all, ({ tried }) => tried[kind] ?? 0))} |`).join('\n')}
| commands that reached a device | ${count(total(all, ({ sent }) => sent))} |
| **of them nobody had a right to** | **${count(total(all, ({ unauthorised }) => unauthorised.length))}** |`
  }

With a gate taken out on purpose (${plants.join(', ')}) the judge notices; that is part of every \`npm test\`. What this does not try: sentences, which reach a command only
as one of the actions a thing offers; and a device that ignores its edge.
`;
}

writeFileSync(
  resolve(root, 'docs/reliability.md'),
  `# What has been proved, and how often

Written by \`npm run prove:report\` from the results in [docs/results](results); do not edit. What a record proves and what it does not is in
[record.md](record.md). The quick part of each proof runs with every \`npm test\`.

${atAGlance()}
What each does, what it found and what it does not try stands below.

${tampering()}
${commands()}
${simulation()}
${network()}
${hubs()}
${failpoints()}
${month()}
${power()}
${disk()}
${rot()}
${fuzz()}
${answers()}
${size()}
${scariest}
${drills}
## Not tested yet

Bit rot in tables beside the record; each joint more than the first time it is reached; the verifier under a fuzzer for days; other implementations of witnesses than this one.
`,
);
