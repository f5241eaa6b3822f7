import { judgeWake, type WakeNet } from '../../src/speech/wake/wake-head.ts';
import { windowSteps } from '../../src/speech/wake/wake-shape.ts';
import type { Part } from './clips.ts';
import { endOf, type Steps, windowAt } from './features.ts';
import type { Heard, Said } from './scenes.ts';

/** What the listener makes of a sound: at each step the lower of two judgements in a row. */
function chancesOf(net: WakeNet, steps: Steps): { step: number; chance: number }[] {
  const chances: { step: number; chance: number }[] = [];
  let before = 0;
  for (let step = windowSteps - 1; step < steps.count; step++) {
    const chance = judgeWake(net, windowAt(steps, step)!);
    chances.push({ step, chance: Math.min(chance, before) });
    before = chance;
  }
  return chances;
}
/** The highest chance while the word may be noticed: up to 0.6 s after its end. */
function bestOf(net: WakeNet, { steps, ends }: Said): number {
  const near = chancesOf(net, steps).filter(({ step }) => endOf(step) - ends > -4800 && endOf(step) - ends < 9600);
  return Math.max(0, ...near.map(({ chance }) => chance));
}
/** The chances at which a recording would wake, one for each 1.5 s, highest of them. */
function wakesOf(net: WakeNet, { steps }: Heard): number[] {
  const tops: number[] = [];
  for (const { step, chance } of chancesOf(net, steps)) {
    const at = Math.floor(step / 19);
    tops[at] = Math.max(tops[at] ?? 0, chance);
  }
  return tops.filter((top) => top !== undefined);
}
const share = (some: number, all: number) => `${((100 * some) / all).toFixed(1)} % of ${all}`;

/** Says how often a word is missed and what else wakes it, for some thresholds, in the scenes and the talk of one part. */
export function reportWord(net: WakeNet, said: readonly Said[], heard: readonly Heard[], part: Part, say: (line: string) => void): void {
  const own = said.filter(({ clip }) => clip.part === part && clip.word === net.word);
  const best = own.filter(({ clip }) => clip.is === 'word').map((one) => ({ voice: one.clip.voice, best: bestOf(net, one) }));
  const near = own.filter(({ clip }) => clip.is === 'near').map((one) => bestOf(net, one));
  const talk = heard.filter((one) => one.part === part).map((one) => ({ ...one, wakes: wakesOf(net, one) }));
  const hours = talk.reduce((sum, { seconds }) => sum + seconds, 0) / 3600;
  for (const from of [...new Set([0.3, 0.4, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, net.from])].toSorted()) {
    const wakes = talk.reduce((sum, one) => sum + one.wakes.filter((chance) => chance >= from).length, 0);
    say(
      `${net.word} ${part} from ${from.toFixed(2)}: missed ${share(best.filter((one) => one.best < from).length, best.length)}, near woke ${share(near.filter((one) => one >= from).length, near.length)}, ${wakes} false in ${hours.toFixed(2)} h`,
    );
  }
  const missed = Map.groupBy(
    best.filter((one) => one.best < net.from),
    ({ voice }) => voice,
  );
  say(`  missed voices: ${[...missed].map(([voice, all]) => `${voice} ${all.length}`).join(', ')}`);
  const woke = Map.groupBy(talk, ({ name }) => name);
  const count = (all: typeof talk) => all.reduce((sum, { wakes }) => sum + wakes.filter((chance) => chance >= net.from).length, 0);
  say(`  woke: ${[...woke].map(([name, all]) => `${name} ${count(all)}`).join(', ')}`);
}
