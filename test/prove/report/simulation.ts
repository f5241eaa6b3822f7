import type { SimulationHunt } from '../simulation/hunt.ts';
import { plants } from '../simulation/plants.ts';
import type { Proof } from './proof.ts';
import { count, read, total } from './read.ts';

export function simulation(): Proof {
  const { ranges, acts, saved, wrong, plants: found } = read<SimulationHunt>('simulation.json') as SimulationHunt;
  const worlds = count(total(Object.values(ranges), (many) => many));
  const mended = wrong.length > 0;
  return {
    title: 'Edges and hub, simulated',
    command: 'npm run prove:simulation',
    promise: { en: 'What was acknowledged arrives once, or its loss is said', zh: '确认过的内容只到一次；万一丢失，会明说' },
    done: {
      en: 'edges and a hub under lost, doubled and late messages, deaths, copies, hubs put back, and clocks that jump',
      zh: '让边缘端和服务中心经历消息丢失、重复、迟到，进程退出，被复制，从副本恢复，时钟跳变',
    },
    came: {
      en: `${worlds} worlds, ${count(wrong.length)} wrong${mended ? ', before the last bug was mended; run again, they pass' : ''}`,
      zh: `${worlds} 个模拟世界，出错 ${count(wrong.length)} 个${mended ? '，都在修好最后一个缺陷之前；重跑均通过' : ''}`,
    },
    untried: {
      en: 'an edge that is copied or put back while the hub is, too',
      zh: '边缘端和服务中心同时被复制或恢复',
    },
    detail: `It lets up to four edges and a hub live through lost, doubled, late and misordered messages, cut power, processes that die, stores that are put back, edges that
are copied, a hub that is restored from its newest or an old copy, and clocks that jump; then through calm. The loops of the edge and the hub's placing of records are the product's; stores,
network and time are simulated, so that a world follows from its seed alone. Run: seeds ${Object.entries(ranges)
      .map(([from, many]) => `${count(Number(from))} to ${count(Number(from) + many - 1)}`)
      .join(', ')}.

| | |
| --- | ---: |
| worlds | ${worlds} |
| records acknowledged to a person | ${count(saved)} |
${Object.entries(acts)
  .sort()
  .map(([act, times]) => `| ${act} | ${count(times)} |`)
  .join('\n')}
| **worlds in which one was lost, doubled or missing unsaid, or forgotten before it was safe** | **${count(wrong.length)}** |
${mended ? `\nThat was in seeds ${wrong.map(({ seed }) => count(seed)).join(' and ')}, before the last of the bugs below was mended; run again since, they pass.\n` : ''}
${Object.keys(plants).length} bugs were planted, one at a time; ${Object.keys(found).length} were found, the last to be found in seed ${count(Math.max(0, ...Object.values(found)))}. The simulator found five of ours, which are mended:
a copied edge believed the hub about numbers it had never sent and forgot them; of earlier epochs a hub put back to an old copy had lost nothing was said; an edge that
enrols at a new hub did not say what it no longer had; an idle edge did not notice a hub that was put back under it; a reply with the number and the
very millisecond of another, from a hub that was put back with its clock, was taken for that.`,
  };
}
