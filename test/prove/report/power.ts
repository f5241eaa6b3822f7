import type { PowerHunt } from '../power/hunt.ts';
import { count, notRun, runs, total } from './read.ts';

type Hunt = PowerHunt & { control: number };

function table(file: string, answered: string): string {
  const { seeds, all } = runs<Hunt>(file);
  if (all.length === 0) return notRun;
  const fates = [...new Set(all.flatMap(({ byFate }) => Object.keys(byFate)))].sort();
  return `Run: seeds ${seeds}.

| | |
| --- | ---: |
| images | ${count(total(all, ({ images }) => images))} |
${fates.map((fate) => `| of them with ${fate} of the unsynced | ${count(total(all, ({ byFate }) => byFate[fate] ?? 0))} |`).join('\n')}
| images in which something was unsynced | ${count(total(all, ({ withUnsynced }) => withUnsynced))} |
| ${answered} acknowledged in these logs | ${count(total(all, ({ acknowledged }) => acknowledged))} |
| **images that lost one, would not open, or broke a chain** | **${count(total(all, ({ wrong }) => wrong.length))}** |
| wrong on a disk that lies about its syncs (at most 40 images a seed), which must not be 0 | ${count(total(all, ({ control }) => control))} |`;
}

/** What `prove:power` found, of an edge's store and of a hub's. */
export const power = (): string => `## Power cuts

\`npm run prove:power\` has a real store write while strace takes down its system calls, and plays them again on a disk that keeps of what was not synced whatever it
likes: nothing, all, some writes, some sectors of 512 bytes, the first or only the last ones. What is left is opened as at the next start. ${table('power.json', 'records')}

\`npm run prove:power -- hub\` does the same to a whole hub that is asked over HTTP by an edge and a technician; from seed 2 on each image is also opened and read as a hub does, not by SQLite alone. ${table('power-hub.json', 'answers')}

The file system is played as ext4 is: a file that was synced has its name too. What this does not try: a disk that loses what it had synced.
`;
