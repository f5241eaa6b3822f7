import type { DiskHunt } from '../disk/hunt.ts';
import type { Proof } from './proof.ts';
import { count, runs, total } from './read.ts';

const names = (all: readonly Record<string, number>[]): string[] => [...new Set(all.flatMap((one) => Object.keys(one)))].sort();

export function disk(): Proof {
  const { seeds, all } = runs<DiskHunt>('disk.json');
  const lives = count(total(all, (hunt) => hunt.lives));
  const wrong = count(total(all, (hunt) => hunt.wrong.length));
  return {
    title: 'Disks that are full or fail',
    command: 'npm run prove:disk',
    promise: {
      en: 'A disk that is full or fails is said so, and service goes on when it is well',
      zh: '磁盘写满或出错会如实说明，恢复后照常工作',
    },
    done: {
      en: 'calls of a store that lives its whole life failed, from a drawn one on: no room, an error, once or many times, a torn write',
      zh: '数据库从新建到恢复的全过程中，从随机某一次调用起失败：没有空间、读写出错、一次或多次、只写了一半',
    },
    came: { en: `${lives} lives of a store, ${wrong} wrong`, zh: `数据库完整经历 ${lives} 次，出错 ${wrong} 次` },
    untried: { en: 'a disk that loses what it had synced', zh: '说已落盘却又丢失的磁盘' },
    detail: `It loads a small library before libc that fails the calls which write, cut or sync a file, or those which read one, from a drawn one on (ENOSPC, EIO; once or many
times; the first write torn), while a real store lives its whole life. An edge's is made, records and
seals, replaces its key, is copied, closed, opened, and rescued from damage; a hub's takes what an edge tells and a technician replies over HTTP, is copied, closed and opened.
Run: seeds ${seeds}.

| | |
| --- | ---: |
| lives | ${lives} |
${names(all.map(({ byFailure }) => byFailure))
  .map((name) => `| of them with ${name} | ${count(total(all, ({ byFailure }) => byFailure[name] ?? 0))} |`)
  .join('\n')}
| calls that failed | ${count(total(all, ({ failed }) => failed))} |
${names(all.map(({ refused }) => refused))
  .map((code) => `| acts refused as \`${code}\` | ${count(total(all, ({ refused }) => refused[code] ?? 0))} |`)
  .join('\n')}
| records acknowledged | ${count(total(all, ({ saved }) => saved))} |
| **lives in which one was lost or missing in an answer, something was refused in no words of ours, or it did not go on when the disk was well** | **${wrong}** |

It found six of ours, which are mended: a store whose opening failed stayed open and shut everybody else out; a disk that was full during a rescue counted as a hole in what was
rescued; a rescue that broke off left a new store that said nothing of the old one; one error of a disk was enough to set a sound store aside; so was a page that it did not
give while the store was looked through, since SQLite calls that damage; a page that was not given during a rescue counted as lost. Two more were seen on the way: a name or a
key that could not be read for a moment was taken for none, and replaced; and a record whose place could not be read began anew.`,
  };
}
