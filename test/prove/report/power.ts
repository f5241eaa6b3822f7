import type { PowerHunt } from '../power/hunt.ts';
import type { Proof } from './proof.ts';
import { count, runs, total } from './read.ts';

type Hunt = PowerHunt & { control: number };

function table({ seeds, all }: ReturnType<typeof runs<Hunt>>, answered: string): string {
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
export function power(): Proof {
  const edge = runs<Hunt>('power.json');
  const hub = runs<Hunt>('power-hub.json');
  const both = [...edge.all, ...hub.all];
  const images = count(total(both, (hunt) => hunt.images));
  const wrong = count(total(both, (hunt) => hunt.wrong.length));
  return {
    title: 'Power cuts',
    command: 'npm run prove:power',
    promise: { en: 'A power cut loses nothing that was acknowledged', zh: '突然断电，确认过的内容不会丢' },
    done: {
      en: "the writes of an edge's and of a hub's store played again on a disk that keeps of the unsynced what it likes",
      zh: '把边缘端和服务中心的写盘过程在一块“没落盘的随意丢”的磁盘上重放',
    },
    came: { en: `${images} images of a disk, ${wrong} wrong`, zh: `${images} 个磁盘镜像，出错 ${wrong} 个` },
    untried: { en: 'a disk that loses what it had synced', zh: '说已落盘却又丢失的磁盘' },
    detail: `It has a real store write while strace takes down its system calls, and plays them again on a disk that keeps of what was not synced whatever it
likes: nothing, all, some writes, some sectors of 512 bytes, the first or only the last ones. What is left is opened as at the next start. ${table(edge, 'records')}

\`npm run prove:power -- hub\` does the same to a whole hub that is asked over HTTP by an edge and a technician; from seed 2 on each image is also opened and read as a hub does, not by SQLite alone. ${table(hub, 'answers')}

The file system is played as ext4 is: a file that was synced has its name too.`,
  };
}
