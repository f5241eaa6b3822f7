import type { SizeHunt } from '../size.ts';
import { count, notRun, read } from './read.ts';

export function size(): string {
  const hunt = read<SizeHunt>('size.json');
  const table = hunt
    ? `| | promised | took | of a processor |
| --- | ---: | ---: | ---: |
| start with a store of ${(hunt.bytes / 1e9).toFixed(2)} GB, ${count(hunt.turns)} turns, to the first answer | 3 s | ${hunt.full.seconds} s | ${hunt.full.cpuSeconds} s |
| the same with an empty one | | ${hunt.empty.seconds} s | ${hunt.empty.cpuSeconds} s |
| a page of it spoiled: noticed while it serves, set aside, saved what can be read, serving again | | ${hunt.damageSeenSeconds} s | |
${hunt.verify ? `| verify a record of ${count(hunt.verify.entries)} entries with their bodies | 60 s | ${hunt.verify.seconds.toFixed(0)} s | ${hunt.verify.cpuSeconds.toFixed(0)} s |` : 'Verifying a million entries: not run yet.'}`
    : notRun;
  return `## Large stores and long records

\`npm run prove:size\`. A store of more than 256 MiB is looked through when service has begun, by a process aside. The machine these were taken on was shared by many; what
of a processor it took tells more than how long.

${table}
`;
}
