import type { MonthHunt } from '../month/hunt.ts';
import { count, notRun, read } from './read.ts';

export function month(): string {
  const hunt = read<MonthHunt>('month.json');
  return `## A month without the hub

\`npm run prove:month\` gives a real edge a month of records for its hub in a moment (codes, conversations and what was said in them), has somebody ask for a person, starts
the hub and has a technician answer. It takes \`--count\`. This was run on two cores that many others used at the same time.

${
  hunt
    ? `| | |
| --- | ---: |
| records | ${count(hunt.records)} |
| the edge's store | ${(hunt.bytes / 1e9).toFixed(2)} GB |
| the request was at the hub after | ${hunt.askedSeconds} s |
| records that still waited then | ${count(hunt.waitedThen)} |
| a technician's answer was with the person after | ${hunt.answeredSeconds} s |
| records that still waited then | ${count(hunt.waitedAtAnswer)} |
| nothing waited after | ${count(Math.round(hunt.drainedSeconds))} s |
| the most memory: edge, hub | ${hunt.memory.edge} MB, ${hunt.memory.hub} MB |
| records at the hub, each once | ${count(hunt.month.different)} |
| **out of their order, lost, doubled or otherwise wrong** | **${count(hunt.month.outOfOrder + Math.abs(hunt.records - hunt.month.stored) + hunt.wrong.length)}** |`
    : notRun
}

It found four of ours, which are mended: to see who waits for an answer an edge looked through all that waited, before each batch; while it brought up its month
it fetched nothing from the hub, so that an answer waited for the end of it; and it could not be stopped; a hub without copies looked through all that came in a week, each minute.
`;
}
