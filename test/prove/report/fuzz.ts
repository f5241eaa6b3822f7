import type { FuzzHunt } from '../fuzz/hunt.ts';
import type { Proof } from './proof.ts';
import { count, runs, total } from './read.ts';

/** What `prove:fuzz` found at each door. */
export function fuzz(): Proof {
  const { seeds, all } = runs<FuzzHunt>('fuzz.json');
  const before = runs<FuzzHunt>('fuzz-unguided.json');
  const doors = [...new Set([...all, ...before.all].flatMap(({ byTarget }) => Object.keys(byTarget)))].sort();
  const eaten = count(total(all, (hunt) => hunt.eaten));
  const faults = count(total(all, (hunt) => hunt.faults.length));
  return {
    title: 'What comes from outside',
    command: 'npm run prove:fuzz',
    promise: { en: 'Whatever comes in is taken or refused in our words', zh: '无论送来什么，要么接受，要么用自己的话拒绝' },
    done: {
      en: `true examples, changed, given to ${doors.length} doors: devices, packs, files, requests, recordings, models`,
      zh: `把真实的例子改动后送进 ${doors.length} 个入口：设备、知识包、文件、请求、录音、模型`,
    },
    came: { en: `${eaten} inputs, ${faults} thrown or warned of`, zh: `输入 ${eaten} 次，异常或告警 ${faults} 次` },
    untried: {
      en: "the HTTP and MQTT parsers of Node and of the broker's library themselves; streams of events; routes of the hub that would have it call other machines or lock its own admin out (bridges, hooks, sign-in, technicians, push); inputs of more than 20,000 bytes; many inputs at once",
      zh: 'Node 和代理库自身的 HTTP、MQTT 解析；事件流；会让服务中心去呼叫别的机器、或把自己的管理员锁在门外的接口（桥接、通知、登录、技术员、推送）；超过 20,000 字节的输入；同时到来的大量输入',
    },
    detail: `It gives each door true examples of what comes in, as they are and then changed, and looks that each is taken or refused in our own words, and that no library
warns of it. Run: seeds ${seeds}.

| door | tried | kinds of answers in one seed, at most | tried before, not guided |
| --- | ---: | ---: | ---: |
${doors.map((door) => `| ${door} | ${count(total(all, ({ byTarget }) => byTarget[door] ?? 0))} | ${count(Math.max(...all.map(({ kinds }) => kinds?.[door] ?? 0)))} | ${count(total(before.all, ({ byTarget }) => byTarget[door] ?? 0))} |`).join('\n')}
| **all** | **${eaten}** | | ${count(total(before.all, ({ eaten }) => eaten))} |
| **thrown that is no refusal, or warned of** | **${faults}** | | ${count(total(before.all, ({ faults }) => faults.length))} |
| memory in use grew at most, MiB | ${count(Math.max(...all.map(({ grewMiB }) => grewMiB)))} | | ${count(Math.max(...before.all.map(({ grewMiB }) => grewMiB)))} |

How often a door is tried follows from a table of what a try costs (\`costs\` and \`share\` in \`test/prove/fuzz/*targets.ts\`), so that each has its share of the time and a cheap one is
tried often; frames of MQTT, which come in before anybody has shown who they are, have six shares, what a log tells three. It is guided by answers: an input that a door answers in a way it has
not before in this seed (another refusal, figures and quotations left out; other parts in what was read) is an example of that door from then on. It is not guided by coverage of the
code; that was not tried. Most of the count is at the four cheapest doors, and some dear ones (case files, policies, packs) were tried more often in the last column: by an earlier
instrument, seeds ${before.seeds}, which changed true examples without a guide and drew doors by count.

The same seed feeds each door the same, but for the whole hub, whose answers hold its clock. Seeds 1 to 4 cannot be repeated to the byte: keys and dates of updates were still made anew in
each run, and pieces of them were lent to other doors; in them no example of a policy, a pack or
canonical JSON was one that is taken, and nothing was fetched by what the lists of updates said, so that these doors were tried near their surface only. Found while the doors were written, and mended: a bundle in which a name was a file and a folder was a fault of the hub; a list for
a name in YAML made a library warn on the error stream.

The routes of the edge are asked with a stand-in for the house behind them; those of the hub with its store, over HTTP, as an admin and as an edge. WebSocket and Wyoming connections go to the
handlers through a connection in memory.`,
  };
}
