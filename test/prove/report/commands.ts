import { type CommandHunt, plants } from '../hunt-commands.ts';
import type { Proof } from './proof.ts';
import { count, runs, total } from './read.ts';

export function commands(): Proof {
  const { seeds, all } = runs<CommandHunt>('commands.json');
  const kinds = [...new Set(all.flatMap(({ tried }) => Object.keys(tried)))].sort();
  const attempts = count(total(all, (hunt) => hunt.attempts));
  const sent = count(total(all, (hunt) => hunt.sent));
  const unauthorised = count(total(all, (hunt) => hunt.unauthorised.length));
  return {
    title: 'Moving a machine without the right',
    command: 'npm run prove:commands',
    promise: { en: 'No machine moves without the right', zh: '没有权限，机器就不会动' },
    done: {
      en: 'asking, agreeing and calling back while data goes stale, cars move, clocks jump, processes die and devices lie',
      zh: '一边提出、同意、撤回，一边让数据过时、车辆移动、时钟跳变、进程退出、设备说谎',
    },
    came: {
      en: `${attempts} attempts, ${sent} commands at a device, ${unauthorised} without the right`,
      zh: `尝试 ${attempts} 次，到达设备的操作 ${sent} 个，无权的 ${unauthorised} 个`,
    },
    untried: {
      en: 'sentences, which reach a command only as one of the actions a thing offers; and a device that ignores its edge',
      zh: '一句话本身：它只能变成设备已声明的某项操作；不听边缘端指挥的设备',
    },
    detail: `It asks, agrees, calls back, lets data go stale, cars move, clocks jump, processes die and devices lie, in any order and at once, and has
a judge who shares no code with the gates look at each command in the moment it is handed to the device. Run: seeds ${seeds}.

| | |
| --- | ---: |
| attempts | ${attempts} |
${kinds.map((kind) => `| of them ${kind} | ${count(total(all, ({ tried }) => tried[kind] ?? 0))} |`).join('\n')}
| commands that reached a device | ${sent} |
| **of them nobody had a right to** | **${unauthorised}** |

With a gate taken out on purpose (${plants.join(', ')}) the judge notices; that is part of every \`npm test\`.`,
  };
}
