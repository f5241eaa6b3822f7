import type { DiskHunt } from '../disk/hunt.ts';
import { count, notRun, runs, total } from './read.ts';

const names = (all: readonly Record<string, number>[]): string[] => [...new Set(all.flatMap((one) => Object.keys(one)))].sort();

export function disk(): string {
  const { seeds, all } = runs<DiskHunt>('disk.json');
  const table = `Run: seeds ${seeds}.

| | |
| --- | ---: |
| lives | ${count(total(all, ({ lives }) => lives))} |
${names(all.map(({ byFailure }) => byFailure))
  .map((name) => `| of them with ${name} | ${count(total(all, ({ byFailure }) => byFailure[name] ?? 0))} |`)
  .join('\n')}
| calls that failed | ${count(total(all, ({ failed }) => failed))} |
${names(all.map(({ refused }) => refused))
  .map((code) => `| acts refused as \`${code}\` | ${count(total(all, ({ refused }) => refused[code] ?? 0))} |`)
  .join('\n')}
| records acknowledged | ${count(total(all, ({ saved }) => saved))} |
| **lives in which one was lost or missing in an answer, something was refused in no words of ours, or it did not go on when the disk was well** | **${count(total(all, ({ wrong }) => wrong.length))}** |`;
  return `## Disks that are full or fail

\`npm run prove:disk\` loads a small library before libc that fails the calls which write, cut or sync a file, or those which read one, from a drawn one on (ENOSPC, EIO; once or many
times; the first write torn), while a real store lives its whole life. An edge's is made, records and
seals, replaces its key, is copied, closed, opened, and rescued from damage; a hub's takes what an edge tells and a technician replies over HTTP, is copied, closed and opened.
${all.length === 0 ? notRun : table}

It found six of ours, which are mended: a store whose opening failed stayed open and shut everybody else out; a disk that was full during a rescue counted as a hole in what was
rescued; a rescue that broke off left a new store that said nothing of the old one; one error of a disk was enough to set a sound store aside; so was a page that it did not
give while the store was looked through, since SQLite calls that damage; a page that was not given during a rescue counted as lost. Two more were seen on the way: a name or a
key that could not be read for a moment was taken for none, and replaced; and a record whose place could not be read began anew. What this does not try: a disk that loses what it said it had written.
`;
}
