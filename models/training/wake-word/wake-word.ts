/**
 * Trains the heads of our own wake words and says how often they miss and wake for nothing:
 * `node models/training/wake-word/wake-word.ts --work DIR [--data DIR] [--cmn DIR]`. Everything it makes on the way stays in `--work` and is made once.
 * Needs `espeak-ng`, `flite`, `festival`, `sox`, `pip`, `npm`, `git`; `--data` is a folder with the public sets, only measured on.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { randomFrom } from '../../src/fixtures.ts';
import { createModels } from '../../src/models.ts';
import { loadWakeFrontEnd } from '../../src/speech/wake-front-end.ts';
import { judgeWake, type WakeNet, writeWakeHead } from '../../src/speech/wake-head.ts';
import { width, windowSteps } from '../../src/speech/wake-shape.ts';
import { endOf, type Steps, stepsOf, windowAt } from './features.ts';
import { gatherTalk } from './gather.ts';
import { noiseOf, sceneOf, worn } from './scene.ts';
import { readSound } from './sound.ts';
import { type Clip, type Part, speakAll, words } from './speak.ts';
import { adamsFor, type Example, freshNet, hardest, learn } from './train-net.ts';

const { values } = parseArgs({ options: { work: { type: 'string' }, cmn: { type: 'string' } } });
if (!values.work) throw new Error('where to work: --work DIR');
const folder = values.work;
const say = (line: string) => process.stdout.write(`${line}\n`);

/** A seed that is a clip's own, so that a clip more leaves the others' scenes as they are. */
const seedOf = (name: string) =>
  1 + ([...name].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)!) % 2_147_483_646, 7) % 2_147_483_645);

type Said = { steps: Steps; ends: number; clip: Clip };
type Heard = { steps: Steps; name: string; part: Part; seconds: number };

/** In how many scenes each clip stands. */
/** Minutes of each speaker's talk. */
const most = { train: 4, held: 5 } as const;
const scenes = { word: 3, near: 1, talk: 1 } as const;
/** A word is to be noticed from 40 ms before its end, as the trimmed clip has it, to 280 ms after. */
const [early, late] = [-640, 4480];
/** What ends this long before the word does is no word yet. */
const notYet = -5600;

const models = createModels();
const [spectrogram, embedding] = ['wake-spectrogram', 'wake-embedding'].map((id) => models.resolve(id));
if (!spectrogram || !embedding) throw new Error('fetch the front end first: wayside models pull wake-features');
const frontEnd = await loadWakeFrontEnd({ spectrogram, embedding });

/** What is made of recordings that do not change is made once. */
async function keptSteps(name: string, make: () => Float32Array): Promise<Steps> {
  const path = join(folder, 'steps', `${name}.f32`);
  if (!existsSync(path)) {
    mkdirSync(join(folder, 'steps'), { recursive: true });
    writeFileSync(path, new Uint8Array((await stepsOf(frontEnd, make())).embeddings.buffer));
  }
  const embeddings = new Float32Array(Uint8Array.from(readFileSync(path)).buffer);
  return { embeddings, count: embeddings.length / width };
}

async function sayIn(clips: readonly Clip[], talk: Record<Part, Float32Array>): Promise<Said[]> {
  const said: Said[] = [];
  for (const clip of clips) {
    const sound = readSound(clip.path);
    const name = clip.path.slice(join(folder, 'clips').length + 1, -4).replaceAll('/', '-');
    for (let n = 0; n < scenes[clip.is]; n++) {
      const scene = sceneOf(sound, talk[clip.part], randomFrom(seedOf(`${name} ${n}`)));
      said.push({ steps: await keptSteps(`${name}-${n}`, scene.sound), ends: scene.ends, clip });
    }
  }
  return said;
}

/** Every judgement a scene or a recording gives to learn from, of the word or not. */
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

function train(word: string, said: readonly Said[], heard: readonly Heard[]): WakeNet {
  const learnable = said.filter(({ clip }) => clip.part === 'train').flatMap((one) => examplesOf(one, word));
  const talk = heard.filter(({ part }) => part === 'train').flatMap(examplesOfTalk);
  const [positive, negative] = [learnable.filter(({ is }) => is === 1), [...learnable.filter(({ is }) => is === 0), ...talk]];
  const random = randomFrom(5);
  const draw = (count: number) => Array.from({ length: count }, () => negative[random(negative.length)]!);
  const net = freshNet(word, [...positive, ...draw(positive.length)]);
  const adams = adamsFor(net);
  let hard: Example[] = [];
  for (let round = 0; round < 12; round++) {
    if (round % 3 === 2) hard = hardest(net, negative, 3 * positive.length);
    const examples = [...positive.map((one) => ({ ...one, weight: 2 })), ...draw(4 * positive.length), ...hard];
    say(`${word}: round ${round + 1}, ${examples.length} examples, loss ${learn(net, examples, adams, round + 1).toFixed(4)}`);
  }
  return net;
}

/** The highest chance while the word may be noticed: up to 0.6 s after its end. */
function bestOf(net: WakeNet, { steps, ends }: Said): number {
  let best = 0;
  for (let step = windowSteps - 1; step < steps.count; step++) {
    const after = endOf(step) - ends;
    if (after > -4800 && after < 9600) best = Math.max(best, judgeWake(net, windowAt(steps, step)!));
  }
  return best;
}
/** The chances at which a recording would wake, one for each 1.5 s, highest of them. */
function wakesOf(net: WakeNet, { steps }: Heard): number[] {
  const tops: number[] = [];
  for (let step = windowSteps - 1; step < steps.count; step++) {
    const chance = judgeWake(net, windowAt(steps, step)!);
    const at = Math.floor(step / 19);
    tops[at] = Math.max(tops[at] ?? 0, chance);
  }
  return tops.filter((top) => top !== undefined);
}
const share = (some: number, all: number) => `${((100 * some) / all).toFixed(1)} % of ${all}`;

function report(net: WakeNet, said: readonly Said[], heard: readonly Heard[], part: Part): void {
  const own = said.filter(({ clip }) => clip.part === part && clip.word === net.word);
  const [asked, near] = [own.filter(({ clip }) => clip.is === 'word'), own.filter(({ clip }) => clip.is === 'near')];
  const best = asked.map((one) => ({ voice: one.clip.voice, best: bestOf(net, one) }));
  const talk = heard.filter((one) => one.part === part).map((one) => ({ ...one, wakes: wakesOf(net, one) }));
  const hours = talk.reduce((sum, { seconds }) => sum + seconds, 0) / 3600;
  for (const from of [...new Set([0.3, 0.5, 0.7, 0.8, 0.9, 0.95, net.from])].toSorted()) {
    const wakes = talk.reduce((sum, one) => sum + one.wakes.filter((chance) => chance >= from).length, 0);
    const nearWakes = near.filter((one) => bestOf(net, one) >= from).length;
    say(
      `${net.word} ${part} from ${from.toFixed(2)}: missed ${share(best.filter((one) => one.best < from).length, best.length)}, near woke ${share(nearWakes, near.length)}, ${wakes} false in ${hours.toFixed(2)} h`,
    );
  }
  const missed = Map.groupBy(
    best.filter((one) => one.best < net.from),
    ({ voice }) => voice,
  );
  say(`  missed voices: ${[...missed].map(([voice, all]) => `${voice} ${all.length}`).join(', ')}`);
  say(`  woke: ${talk.map((one) => `${one.name} ${one.wakes.filter((chance) => chance >= net.from).length}`).join(', ')}`);
}

const talk = gatherTalk(folder, values.cmn);
const sounds = talk.map((one) => ({ ...one, sound: readSound(one.path) }));
const heard: Heard[] = [];
for (const { name, part, sound } of sounds) {
  // Half of a speaker's talk as it is, half of it worn, in turns of a minute; the last tenth chooses the threshold.
  const minute = 60 * 16_000;
  const minutes = Array.from({ length: Math.floor(sound.length / minute) }, (_, at) => sound.subarray(at * minute, (at + 1) * minute));
  for (const [at, piece] of minutes.slice(0, most[part]).entries()) {
    const loud = Math.sqrt(piece.reduce((sum, value) => sum + value * value, 0) / piece.length);
    const level = piece.map((value) => (0.1 * value) / loud);
    const steps = await keptSteps(`${name}-${at}`, () => (at % 2 ? worn(level, randomFrom(101 + at)) : level));
    heard.push({ steps, name, seconds: 60, part: part === 'train' && at === 3 ? 'choose' : part });
  }
  say(`${name}: ${Math.min(most[part], minutes.length)} minutes of talk`);
}
for (const [at, part] of (['train', 'train', 'train', 'choose', 'held'] as const).entries()) {
  for (const [name, loud] of [
    ['noise', 0.02],
    ['loud noise', 0.2],
  ] as const) {
    const steps = await keptSteps(`${name}-${at}`, () => noiseOf(60 * 16_000, randomFrom(31 + at)).map((value) => loud * value));
    heard.push({ steps, name, seconds: 60, part });
  }
}
const talkOf = (part: 'train' | 'held') => {
  const all = sounds.filter((one) => one.part === part).map(({ sound }) => sound.subarray(0, 300 * 16_000));
  const joined = new Float32Array(all.reduce((sum, one) => sum + one.length, 0));
  let at = 0;
  for (const one of all) {
    joined.set(one, at);
    at += one.length;
  }
  return joined;
};
const clips = await speakAll(folder);
const said = await sayIn(clips, { train: talkOf('train'), choose: talkOf('train'), held: talkOf('held') });
say(`${said.length} scenes`);
mkdirSync(new URL('../../heads/', import.meta.url), { recursive: true });
for (const { word, file, from } of words) {
  const net = train(word, said, heard);
  net.from = from;
  report(net, said, heard, 'choose');
  report(net, said, heard, 'held');
  writeFileSync(new URL(`../../heads/${file}`, import.meta.url), writeWakeHead(net));
}
