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

It must be 0, and is not yet: columns that stand beside the signed entry and say the same once more are not held against it where they lie. What was said, its kind and its
order are in the entry, and a flip of them is noticed; the envelope in which a record waits for the hub is not held against anything yet.`;
  return `## Bits that flip

\`npm run prove:rot\` flips bits of an edge's store that lies still, one at a time, and reads its records, and what waits for the hub, as the edge, the hub and a verifier do. ${all.length === 0 ? notRun : table}

What this does not try: tables beside the record, such as the turns the panel shows, whose bodies SQLite does not check; and a hub's store.
`;
}
