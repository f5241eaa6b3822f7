import type { MonthHunt } from '../month/hunt.ts';
import type { Proof } from './proof.ts';
import { count, read } from './read.ts';

export function month(): Proof {
  const hunt = read<MonthHunt>('month.json');
  const wrong = hunt && count(hunt.month.outOfOrder + Math.abs(hunt.records - hunt.month.stored) + hunt.wrong.length);
  return {
    title: 'A month without the hub',
    command: 'npm run prove:month',
    promise: {
      en: 'After a month alone everything is brought up, and a person is reached first',
      zh: '离线一个月后全部补上，而且找真人的请求最先送到',
    },
    done: { en: 'a month of records given to an edge, then its hub started', zh: '给边缘端积压一个月的记录，再启动服务中心' },
    ...(hunt && {
      came: {
        en: `${count(hunt.records)} records, ${wrong} wrong; the request was there after ${hunt.askedSeconds} s`,
        zh: `${count(hunt.records)} 条记录，出错 ${wrong} 条；求助 ${hunt.askedSeconds} 秒后送到`,
      },
    }),
    untried: { en: 'a slow or dear line, on which a month takes longer', zh: '慢速或按流量计费的线路，补完一个月要更久' },
    detail: `It gives a real edge a month of records for its hub in a moment (codes, conversations and what was said in them), has somebody ask for a person, starts
the hub and has a technician answer. It takes \`--count\`. This was run on two cores that many others used at the same time.

${
  hunt
    ? `| | |
| --- | ---: |
| records | ${count(hunt.records)} |
| the edge's store | ${(hunt.bytes / 1e9).toFixed(2)} GB |
| the request was at the hub after | ${hunt.askedSeconds} s |
| records that still waited then | ${count(hunt.waitedThen)} |
| a technician's answer was with the person after | ${hunt.answeredSeconds} s |
| records that still waited then | ${count(hunt.waitedAtAnswer)} |
| nothing waited after | ${count(Math.round(hunt.drainedSeconds))} s |
| the most memory: edge, hub | ${hunt.memory.edge} MB, ${hunt.memory.hub} MB |
| records at the hub, each once | ${count(hunt.month.different)} |
| **out of their order, lost, doubled or otherwise wrong** | **${wrong}** |

`
    : ''
}It found four of ours, which are mended: to see who waits for an answer an edge looked through all that waited, before each batch; while it brought up its month
it fetched nothing from the hub, so that an answer waited for the end of it; and it could not be stopped; a hub without copies looked through all that came in a week, each minute.`,
  };
}
