import type { RotHunt } from '../rot/hunt.ts';
import { count, notRun, runs, total } from './read.ts';

/** What `prove:rot` found. */
export function rot(): string {
  const { seeds, all } = runs<RotHunt>('rot.json');
  const sum = (of: (hunt: RotHunt) => Record<string, number>) => total(all, (hunt) => total(Object.values(of(hunt)), (n) => n));
  const where = (of: (hunt: RotHunt) => Record<string, number>) => {
    const names = [...new Set(all.flatMap((hunt) => Object.keys(of(hunt))))].sort();
    return names.length > 0 ? ` (${names.join(', ')})` : '';
  };
  const table = `Run: seeds ${seeds}.

| | |
| --- | ---: |
| bits flipped | ${count(total(all, ({ flips }) => flips))} |
| nothing that is read changed | ${count(total(all, ({ harmless }) => harmless))} |
| SQLite noticed, when its pages were looked through | ${count(total(all, ({ bySqlite }) => bySqlite))} |
| the record noticed: a body is not what its entry commits to, an entry not what its hash says, a seal does not hold | ${count(total(all, ({ byRecord }) => byRecord))} |
| unnoticed in rows of the last minute, which no seal covers yet | ${count(sum(({ unsealed }) => unsealed))}${where(({ unsealed }) => unsealed)} |
| **unnoticed in what is sealed** | **${count(sum(({ silent }) => silent))}**${where(({ silent }) => silent)} |

Every edge looks through its record like this when service has begun, a hundred rows at a time, and says once what does not fit: to its log, and to the hub. It holds columns that only
repeat what was signed against that, too; the first runs found 103 of 62,000 flips unnoticed in those.`;
  return `## Bits that flip

\`npm run prove:rot\` flips bits of an edge's store that lies still, one at a time, and looks through its record, and what waits for the hub, as the edge does. ${all.length === 0 ? notRun : table}

What this does not try: tables beside the record, such as the turns the panel shows, whose bodies SQLite does not check; the hub's receipts; and a hub's store.
`;
}
