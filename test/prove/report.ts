import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { tamperings } from '@wayside/record/rehearse';
import type { Hunt } from './hunt-tampering.ts';

/** `npm run prove:report`: docs/reliability.md from what the proofs have written into docs/results. It adds nothing of its own. */
const root = resolve(import.meta.dirname, '../..');
const read = <T>(name: string): T => JSON.parse(readFileSync(resolve(root, 'docs/results', name), 'utf8')) as T;
const count = (n: number): string => n.toLocaleString('en');

function tampering(): string {
  const hunts = read<Record<string, Hunt>>('tampering.json');
  const all = Object.values(hunts);
  const sum = (of: (hunt: Hunt) => number) => all.reduce((total, hunt) => total + of(hunt), 0);
  const seeds = Object.keys(hunts)
    .map(Number)
    .sort((a, b) => a - b);
  const missed = all.flatMap((hunt) => hunt.missed);
  return `## Tampering with records

\`npm run prove:tampering\` changes true records and asks the verifier. Run: seeds ${seeds.join(', ')}.

| what was done | tried |
| --- | ---: |
${tamperings.map((kind) => `| ${kind} | ${count(sum((hunt) => hunt.byKind[kind] ?? 0))} |`).join('\n')}
| **all** | **${count(sum((hunt) => hunt.tried))}** |
| caught | ${count(sum((hunt) => hunt.caught))} |
| missed | ${count(missed.length)} |
| true records, left alone | ${count(sum((hunt) => hunt.honest))} |
| of them called wrong | ${count(sum((hunt) => hunt.falseAlarms))} |

A seed draws the same records and changes again: \`npm run prove:tampering -- --seed ${seeds[0] ?? 1} --count 50000\`. *Old key* signs a changed seal with a key that was in use before, which no
edge has any more. What this does not try: whoever holds the key in use now, and a quantum computer.
`;
}

writeFileSync(
  resolve(root, 'docs/reliability.md'),
  `# What has been proved, and how often

Written by \`npm run prove:report\` from the results in [docs/results](results); do not edit. What a record proves and what it does not is in
[record.md](record.md). The quick part of each proof runs with every \`npm test\`.

${tampering()}
## Drills

Each is a test with its required behaviour; all run with \`npm test\`.

| drill | where |
| --- | --- |
| An administrator rewrites the hub's tables, or its log with its own key | test/faults/record-drills.test.ts |
| An old image of the edge is put back; the signing key is lost | test/faults/record-drills.test.ts |
| The hub shows different edges different logs, shortens or rewrites its log | edge/agent/src/record/witness.test.ts |
| A crash between the store and the key | edge/agent/src/record/recorder.test.ts |
| The standards' own vectors: RFC 8785, RFC 8032 and Wycheproof, RFC 9162, C2SP | record/src/vectors.test.ts |
| Two verifiers, written apart, agree on every record | record/src/agreement.test.ts |

## Not tested yet

Power loss by crash images, the simulator, the network, disk and clock proofs of the record's own paths; the verifier under a fuzzer for days; other implementations of witnesses than this one.
`,
);
