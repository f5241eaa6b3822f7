import type { AnswerHunt } from '../answers/hunt.ts';
import type { DiskHunt } from '../disk/hunt.ts';
import type { MomentHunt } from '../failpoints/hunt.ts';
import type { FuzzHunt } from '../fuzz/hunt.ts';
import type { CommandHunt } from '../hunt-commands.ts';
import type { Hunt } from '../hunt-tampering.ts';
import type { MonthHunt } from '../month/hunt.ts';
import type { NetworkHunt } from '../network/hunt.ts';
import type { PowerHunt } from '../power/hunt.ts';
import type { RotHunt } from '../rot/hunt.ts';
import type { SimulationHunt } from '../simulation/hunt.ts';
import { count, read, runs, total } from './read.ts';

type Line = [section: string, what: string, tried: number, wrong: number];

const wrongOf = (all: readonly { wrong: readonly unknown[] }[]): number => total(all, ({ wrong }) => wrong.length);

/** Every proof that was run in one line: what was tried, how often, and how often something was wrong. */
function lines(): Line[] {
  const tampering = runs<Hunt>('tampering.json').all;
  const commands = runs<CommandHunt>('commands.json').all;
  const simulation = read<SimulationHunt>('simulation.json');
  const network = read<NetworkHunt>('network.json');
  const failpoints = Object.values(read<Record<string, MomentHunt>>('failpoints.json') ?? {});
  const month = read<MonthHunt>('month.json');
  const power = [...runs<PowerHunt>('power.json').all, ...runs<PowerHunt>('power-hub.json').all];
  const disk = runs<DiskHunt>('disk.json').all;
  const rot = runs<RotHunt>('rot.json').all;
  const fuzz = runs<FuzzHunt>('fuzz.json').all;
  const answers = read<AnswerHunt>('answers.json');
  return [
    [
      'Tampering with records',
      'changes to true records',
      total(tampering, ({ tried }) => tried),
      total(tampering, ({ missed }) => missed.length),
    ],
    [
      'Moving a machine without the right',
      'attempts',
      total(commands, ({ attempts }) => attempts),
      total(commands, (one) => one.unauthorised.length),
    ],
    ['Edges and hub, simulated', 'worlds', total(Object.values(simulation?.ranges ?? {}), (many) => many), simulation?.wrong.length ?? 0],
    ['Connections that break', 'ways to break one', network?.tried ?? 0, network?.wrong.length ?? 0],
    ['Killed at every joint', 'deaths', total(failpoints, ({ died, wrong }) => died + wrong.length), wrongOf(failpoints)],
    [
      'A month without the hub',
      'records',
      month?.records ?? 0,
      month ? month.month.outOfOrder + Math.abs(month.records - month.month.stored) + month.wrong.length : 0,
    ],
    ['Power cuts', 'images of a disk', total(power, ({ images }) => images), wrongOf(power)],
    ['Disks that are full or fail', 'lives of a store', total(disk, ({ lives }) => lives), wrongOf(disk)],
    ['Bits that flip', 'bits', total(rot, ({ flips }) => flips), total(rot, ({ silent }) => total(Object.values(silent), (n) => n))],
    ['What comes from outside', 'inputs at all doors', total(fuzz, ({ eaten }) => eaten), total(fuzz, ({ faults }) => faults.length)],
    ['Answers that a model writes', 'questions', answers?.asked ?? 0, answers?.wrong.length ?? 0],
  ];
}

/** As GitHub and VitePress make an anchor of a heading. */
const anchorOf = (heading: string): string => heading.toLowerCase().replaceAll(',', '').replaceAll(' ', '-');

export const atAGlance = (): string => `| proof | tried | wrong |
| --- | ---: | ---: |
${lines()
  .filter(([, , tried]) => tried > 0)
  .map(([section, what, tried, wrong]) => `| [${section}](#${anchorOf(section)}) | ${count(tried)} ${what} | ${count(wrong)} |`)
  .join('\n')}
`;
