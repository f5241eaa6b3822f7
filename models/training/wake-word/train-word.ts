import { randomFrom } from '../../src/fixtures.ts';
import type { WakeNet } from '../../src/speech/wake/wake-head.ts';
import { windowSteps } from '../../src/speech/wake/wake-shape.ts';
import { endOf, windowAt } from './features.ts';
import type { Heard, Said } from './scenes.ts';
import { adamsFor, type Example, freshNet, hardest, learn } from './train-net.ts';

/** A word is to be noticed from 40 ms before its end, as the trimmed clip has it, to 280 ms after. */
const [early, late] = [-640, 4480];
/** What ends this long before the word does is no word yet. */
const notYet = -5600;
const rounds = 12;

/** Every judgement a scene gives to learn from, of the word or not. */
function examplesOf({ steps, ends, clip }: Said, word: string): Example[] {
  const is = clip.is === 'word' && clip.word === word ? 1 : 0;
  const examples: Example[] = [];
  for (let step = windowSteps - 1; step < steps.count; step++) {
    const after = endOf(step) - ends;
    const window = windowAt(steps, step)!;
    if (is && after >= early && after <= late) examples.push({ window, is: 1, weight: 1 });
    else if (!is || after < notYet) examples.push({ window, is: 0, weight: clip.is === 'near' ? 2 : 1 });
  }
  return examples;
}
const examplesOfTalk = ({ steps }: Heard): Example[] =>
  Array.from({ length: Math.max(0, steps.count - windowSteps + 1) }, (_, at) => ({
    window: windowAt(steps, at + windowSteps - 1)!,
    is: 0,
    weight: 1,
  }));

/** Learns a word from what is to teach it, and from round to round more of what it is most wrong about. */
export function trainWord(word: string, said: readonly Said[], heard: readonly Heard[], say: (line: string) => void): WakeNet {
  const learnable = said.filter(({ clip }) => clip.part === 'train').flatMap((one) => examplesOf(one, word));
  const talk = heard.filter(({ part }) => part === 'train').flatMap(examplesOfTalk);
  const [positive, negative] = [learnable.filter(({ is }) => is === 1), [...learnable.filter(({ is }) => is === 0), ...talk]];
  const random = randomFrom(5);
  const draw = (count: number) => Array.from({ length: count }, () => negative[random(negative.length)]!);
  const net = freshNet(word, [...positive, ...draw(positive.length)]);
  const adams = adamsFor(net);
  let hard: Example[] = [];
  for (let round = 0; round < rounds; round++) {
    if (round % 3 === 2) hard = hardest(net, negative, 3 * positive.length);
    const examples = [...positive.map((one) => ({ ...one, weight: 2 })), ...draw(4 * positive.length), ...hard];
    say(`${word}: round ${round + 1}, ${examples.length} examples, loss ${learn(net, examples, adams, round + 1).toFixed(4)}`);
  }
  return net;
}
