import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomFrom } from '../../src/fixtures.ts';
import type { WakeFrontEnd } from '../../src/speech/wake/wake-front-end.ts';
import { width } from '../../src/speech/wake/wake-shape.ts';
import { type Clip, type Part, seedOf } from './clips.ts';
import { type Steps, stepsOf } from './features.ts';
import type { Talk } from './gather.ts';
import { level, steadyNoise } from './noise.ts';
import { sceneOf, worn } from './scene.ts';
import { readSound } from './sound.ts';

/** A clip in a scene; `ends`: the sample at which what was said ends. */
export type Said = { steps: Steps; ends: number; clip: Clip };
/** Talk and noise in which nobody says any of the words. */
export type Heard = { steps: Steps; name: string; part: Part; seconds: number };

/** In how many scenes each clip stands. */
const scenes = { word: { train: 4, choose: 2, held: 2 }, near: { train: 1, choose: 2, held: 2 }, talk: { train: 1, choose: 1, held: 1 } };
/** Minutes of each speaker's talk. */
const most = { train: 7, held: 4 } as const;
const minute = 60 * 16_000;

/** Makes scenes and listens to them by the chain's front end. What is made of recordings that do not change is made once and kept in the folder. */
export function createScenes(folder: string, frontEnd: WakeFrontEnd, talk: readonly Talk[]) {
  const sounds = talk.map((one) => ({ ...one, sound: readSound(one.path) }));
  const others = { train: around('train'), choose: around('train'), held: around('held') };

  function around(part: 'train' | 'held'): Float32Array {
    const all = sounds.filter((one) => one.part === part).map(({ sound }) => sound.subarray(0, 5 * minute));
    const joined = new Float32Array(all.reduce((sum, one) => sum + one.length, 0));
    let at = 0;
    for (const one of all) {
      joined.set(one, at);
      at += one.length;
    }
    return joined;
  }
  async function keptSteps(name: string, make: () => Float32Array): Promise<Steps> {
    const path = join(folder, 'steps', `${name}.f32`);
    if (!existsSync(path)) {
      mkdirSync(join(folder, 'steps'), { recursive: true });
      writeFileSync(path, new Uint8Array((await stepsOf(frontEnd, make())).embeddings.buffer));
    }
    const embeddings = new Float32Array(Uint8Array.from(readFileSync(path)).buffer);
    return { embeddings, count: embeddings.length / width };
  }
  async function noises(): Promise<Heard[]> {
    const heard: Heard[] = [];
    for (const [at, part] of (['train', 'train', 'train', 'choose', 'held'] as const).entries())
      for (const [name, loud] of [
        ['noise', 0.02],
        ['loud noise', 0.2],
      ] as const) {
        const steps = await keptSteps(`${name}-${at}`, () => steadyNoise(minute, randomFrom(31 + at)).map((value) => loud * value));
        heard.push({ steps, name, seconds: 60, part });
      }
    return heard;
  }
  return {
    async said(clips: readonly Clip[]): Promise<Said[]> {
      const said: Said[] = [];
      for (const clip of clips) {
        const sound = readSound(clip.path);
        const name = clip.path.slice(join(folder, 'clips').length + 1, -4).replaceAll('/', '-');
        for (let n = 0; n < scenes[clip.is][clip.part]; n++) {
          const scene = sceneOf(sound, others[clip.part], randomFrom(seedOf(`${name} ${n}`)));
          said.push({ steps: await keptSteps(`${name}-${n}`, scene.sound), ends: scene.ends, clip });
        }
      }
      return said;
    },
    /** Half of each speaker's talk as it is, half of it worn, in turns of a minute; the fourth minute of those that teach chooses. */
    async heard(): Promise<Heard[]> {
      const heard = await noises();
      for (const { name, part, sound } of sounds)
        for (let at = 0; at < Math.min(most[part], Math.floor(sound.length / minute)); at++) {
          const piece = sound.subarray(at * minute, (at + 1) * minute);
          const loud = level(piece);
          const even = piece.map((value) => (0.1 * value) / loud);
          const steps = await keptSteps(`${name}-${at}`, () => (at % 2 ? worn(even, others[part], randomFrom(101 + at)) : even));
          heard.push({ steps, name, seconds: 60, part: part === 'train' && at === 3 ? 'choose' : part });
        }
      return heard;
    },
  };
}
