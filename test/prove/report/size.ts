import type { SizeHunt } from '../size.ts';
import type { Proof } from './proof.ts';
import { count, read } from './read.ts';

export function size(): Proof {
  const hunt = read<SizeHunt>('size.json');
  const gigabytes = hunt && (hunt.bytes / 1e9).toFixed(2);
  return {
    title: 'Large stores and long records',
    command: 'npm run prove:size',
    promise: { en: 'A large store answers within 3 s of its start', zh: '数据库再大，启动 3 秒内也能回答' },
    done: {
      en: 'an edge started on a large store, and on one with a spoiled page',
      zh: '用很大的数据库、以及有一页损坏的数据库启动边缘端',
    },
    ...(hunt && {
      came: {
        en: `${gigabytes} GB: the first answer after ${hunt.full.seconds} s; a spoiled page set aside and serving again after ${hunt.damageSeenSeconds} s`,
        zh: `${gigabytes} GB：${hunt.full.seconds} 秒后第一个回答；损坏的数据库搁置并恢复服务用了 ${hunt.damageSeenSeconds} 秒`,
      },
    }),
    untried: { en: 'a slow card, such as a board boots from', zh: '开发板启动用的那种慢速存储卡' },
    detail: `A store of more than 256 MiB is looked through when service has begun, by a process aside. The machine these were taken on was shared by many; what
of a processor it took tells more than how long.

${
  hunt
    ? `| | promised | took | of a processor |
| --- | ---: | ---: | ---: |
| start with a store of ${gigabytes} GB, ${count(hunt.turns)} turns, to the first answer | 3 s | ${hunt.full.seconds} s | ${hunt.full.cpuSeconds} s |
| the same with an empty one | | ${hunt.empty.seconds} s | ${hunt.empty.cpuSeconds} s |
| a page of it spoiled: noticed while it serves, set aside, saved what can be read, serving again | | ${hunt.damageSeenSeconds} s | |
${hunt.verify ? `| verify a record of ${count(hunt.verify.entries)} entries with their bodies | 60 s | ${hunt.verify.seconds.toFixed(0)} s | ${hunt.verify.cpuSeconds.toFixed(0)} s |` : ''}`
    : ''
}`,
  };
}
