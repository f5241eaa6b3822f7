import type { MomentHunt } from '../failpoints/hunt.ts';
import { moments, sideOf } from '../failpoints/moments.ts';
import { count, notRun, read, total } from './read.ts';

export function failpoints(): string {
  const names = Object.keys(moments);
  const at = (side: string) => names.filter((name) => sideOf(name) === side).length;
  const hunts = Object.values(read<Record<string, MomentHunt>>('failpoints.json') ?? {});
  const lines = [
    ['moments', names.length],
    ['of them in the edge', at('edge')],
    ['of them in the hub', at('hub')],
    ['tried so far', hunts.length],
    ['deaths', total(hunts, ({ died, wrong }) => died + wrong.length)],
    ['turns and replies acknowledged', total(hunts, ({ turns }) => turns)],
    ['requests for a person acknowledged', total(hunts, ({ cases }) => cases)],
    ['articles published', total(hunts, ({ articles }) => articles)],
    ['commands agreed to', total(hunts, ({ commands }) => commands)],
  ] as const;
  return `## Killed at every joint

\`npm run prove:failpoints\` has a real edge or hub die as of kill -9 at each named moment between two acts that must hold together (a turn stored and not answered,
a batch committed and not acknowledged, a command stored as sent and not sent, a key in use and not yet in its place), while people talk, a technician answers and
asks for commands, and an old image of the edge is put back. It is started again; then all that was acknowledged is counted on both sides, every record verified, and
the commands at a device that counts each. A test holds the names in the code against those tried.

${
  hunts.length > 0
    ? `| | |
| --- | ---: |
${lines.map(([what, n]) => `| ${what} | ${count(n)} |`).join('\n')}
| **deaths after which something acknowledged was lost or doubled, a record did not hold, or a command came twice or unasked** | **${count(total(hunts, ({ wrong }) => wrong.length))}** |`
    : notRun
}

At random moments: \`WAYSIDE_KILLS=200 npx vitest test/faults/kill.test.ts\`.
`;
}
