import type { NetworkHunt } from '../network/hunt.ts';
import { faults, phases } from '../network/proxy.ts';
import type { Proof } from './proof.ts';
import { read } from './read.ts';

export function network(): Proof {
  const hunt = read<NetworkHunt>('network.json');
  const slowest = hunt && Math.round(hunt.slowestMs / 1000);
  return {
    title: 'Connections that break',
    command: 'npm run prove:network',
    promise: { en: 'A connection that breaks costs nothing but time', zh: '连接断了，损失的只有时间' },
    done: {
      en: `a connection harmed in ${faults.length} ways at ${phases.length} moments of the talk`,
      zh: `在通话的 ${phases.length} 个时刻，用 ${faults.length} 种方式破坏连接`,
    },
    ...(hunt && {
      came: {
        en: `${hunt.tried} pairs, ${hunt.wrong.length} wrong; level again after ${slowest} s at most`,
        zh: `${hunt.tried} 种组合，出错 ${hunt.wrong.length} 种；最慢 ${slowest} 秒后两边一致`,
      },
    }),
    untried: { en: 'two faults at once', zh: '两种破坏同时发生' },
    detail: `It puts a proxy between a real edge and a real hub that harms a connection (${faults.join(', ')}) at a chosen moment of their talk (${phases.join(', ')}), while somebody
speaks and a technician replies; then all must be on both sides, once.${
      hunt ? ` Run: ${hunt.tried} pairs, ${hunt.wrong.length} wrong; the slowest was level again after ${slowest} s.` : ''
    } Three of the pairs run with every \`npm test\`.`,
  };
}
