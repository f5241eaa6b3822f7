import type { HubsHunt } from '../hubs/hunt.ts';
import type { Proof } from './proof.ts';
import { count, runs, total } from './read.ts';

export function hubs(): Proof {
  const { all } = runs<HubsHunt>('hubs.json');
  const rows = all.map(
    ({ edges, front, kills, records, replies, calmMs, killedMs, wrong }) =>
      `| ${count(edges)} | ${front} | ${kills} | ${count(records)} | ${count(replies)} | ${count(wrong.length)} | ${count(calmMs)} ms | ${count(killedMs)} ms |`,
  );
  const kills = count(total(all, (hunt) => hunt.kills));
  const wrong = count(total(all, (hunt) => hunt.wrong.length));
  const killedMs = count(Math.max(0, ...all.map((hunt) => hunt.killedMs)));
  return {
    title: 'Several hubs on one database',
    command: 'npm run prove:hubs',
    promise: { en: 'A hub that dies takes nothing along, and chats go on', zh: '一个服务中心倒下，什么都不丢，对话照常' },
    done: {
      en: 'two hubs killed in turn behind a proxy, and their PostgreSQL restarted',
      zh: '代理后面的两个服务中心轮流被强行结束，共用的 PostgreSQL 中途重启',
    },
    came: {
      en: `${kills} kills, ${wrong} lost, doubled or out of order; slowest reply ${killedMs} ms`,
      zh: `强行结束 ${kills} 次，丢失、重复或乱序 ${wrong} 条；最慢的回复 ${killedMs} 毫秒`,
    },
    untried: { en: 'more than two hubs, and the container files', zh: '两个以上的服务中心，以及容器文件' },
    detail: `It has edges send and technicians chat through two hubs on one PostgreSQL behind a proxy, kills one hub after the other with no warning, and restarts the database.
Nothing acknowledged may be lost or doubled; chats are to go on within five seconds.

| edges | proxy | kills | records acknowledged | replies acknowledged | **lost, doubled or out of order** | slowest reply, calm | while one is killed |
| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |
${rows.join('\n')}`,
  };
}
