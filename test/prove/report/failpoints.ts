import type { MomentHunt } from '../failpoints/hunt.ts';
import { moments, sideOf } from '../failpoints/moments.ts';
import type { Proof } from './proof.ts';
import { count, read, total } from './read.ts';

export function failpoints(): Proof {
  const names = Object.keys(moments);
  const at = (side: string) => names.filter((name) => sideOf(name) === side).length;
  const hunts = Object.values(read<Record<string, MomentHunt>>('failpoints.json') ?? {});
  const deaths = total(hunts, ({ died, wrong }) => died + wrong.length);
  const wrong = count(total(hunts, (hunt) => hunt.wrong.length));
  const lines = [
    ['moments', names.length],
    ['of them in the edge', at('edge')],
    ['of them in the hub', at('hub')],
    ['tried so far', hunts.length],
    ['deaths', deaths],
    ['turns and replies acknowledged', total(hunts, ({ turns }) => turns)],
    ['requests for a person acknowledged', total(hunts, ({ cases }) => cases)],
    ['articles published', total(hunts, ({ articles }) => articles)],
    ['commands agreed to', total(hunts, ({ commands }) => commands)],
  ] as const;
  return {
    title: 'Killed at every joint',
    command: 'npm run prove:failpoints',
    promise: { en: 'A process that dies loses nothing and does nothing twice', zh: '进程突然退出，什么都不丢，也什么都不做第二遍' },
    done: {
      en: `a real edge or hub killed at ${names.length} moments between two acts that must hold together`,
      zh: `在两个必须一致的动作之间，选 ${names.length} 个时刻强行结束真实的边缘端或服务中心`,
    },
    came: {
      en: `${count(deaths)} deaths, ${wrong} with something lost, doubled or unasked`,
      zh: `结束 ${count(deaths)} 次，有丢失、重复或擅自执行的 ${wrong} 次`,
    },
    untried: { en: 'each joint more than the first time it is reached', zh: '每个时刻只试了第一次到达时' },
    detail: `It has a real edge or hub die as of kill -9 at each named moment between two acts that must hold together (a turn stored and not answered,
a batch committed and not acknowledged, a command stored as sent and not sent, a key in use and not yet in its place), while people talk, a technician answers and
asks for commands, and an old image of the edge is put back. It is started again; then all that was acknowledged is counted on both sides, every record verified, and
the commands at a device that counts each. A test holds the names in the code against those tried.

| | |
| --- | ---: |
${lines.map(([what, n]) => `| ${what} | ${count(n)} |`).join('\n')}
| **deaths after which something acknowledged was lost or doubled, a record did not hold, or a command came twice or unasked** | **${wrong}** |

At random moments: \`WAYSIDE_KILLS=200 npx vitest test/faults/kill.test.ts\`.`,
  };
}
