/** Sound as it might reach a microphone: a room, what goes before and after, noise, another level and pitch. All drawn from `random`. */
import { anyNoise, between, level, pieceOf, type Random } from './noise.ts';
import { resample } from './sound.ts';

/** A clip without the silence around it. */
export function trimmed(sound: Float32Array): Float32Array {
  const loud = 0.04 * sound.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const from = sound.findIndex((value) => Math.abs(value) > loud);
  return sound.subarray(Math.max(0, from - 160), sound.findLastIndex((value) => Math.abs(value) > loud) + 160);
}

/** Echoes that die away: the direct sound and 150 later ones, within 0.1 to 0.6 s. */
function inRoom(sound: Float32Array, random: Random): Float32Array {
  const [seconds, share] = [between(random, 0.1, 0.6), between(random, 0.1, 0.7)];
  const out = sound.slice();
  for (let n = 0; n < 150; n++) {
    const late = Math.round(between(random, 0.002, seconds) * 16_000);
    const strength = (share / 6) * Math.exp((-6 * late) / 16_000 / seconds) * (random(2) ? 1 : -1);
    for (let i = late; i < out.length; i++) out[i]! += strength * sound[i - late]!;
  }
  return out;
}

/** `ends`: the sample at which what was said ends. `sound` makes it, which takes a while. */
export type Scene = { sound: () => Float32Array; ends: number };

/** What is said, in a scene with 2.2 s before it and 0.9 s after. */
export function sceneOf(clip: Float32Array, talk: Float32Array, random: Random): Scene {
  const said = resample(trimmed(clip), between(random, 14_400, 17_900), 16_000);
  const [before, after] = [35_200 + random(1280), 14_400];
  return { sound: () => soundOf(said, before, after, talk, random), ends: before + said.length };
}

function soundOf(said: Float32Array, before: number, after: number, talk: Float32Array, random: Random): Float32Array {
  const sound = new Float32Array(before + said.length + after);
  const loud = 0.1 / level(said);
  for (let i = 0; i < said.length; i++) sound[before + i] = said[i]! * loud;
  const place = (piece: Float32Array, at: number) => {
    const factor = between(random, 0.04, 0.12) / level(piece);
    for (let i = 0; i < piece.length; i++) sound[at + i]! += piece[i]! * factor;
  };
  if (random(3) === 0) place(pieceOf(talk, before - 1600 - random(8000), random), 0);
  if (random(2) === 0) place(pieceOf(talk, after - 1280, random), before + said.length + 1280 - random(1000));
  const room = random(3) === 0 ? sound : inRoom(sound, random);
  return worn(room, talk, random);
}

/** Sound with noise 3 to 35 dB below it, at a level from far away to nearly clipped. `talk`: what others say in the background. */
export function worn(sound: Float32Array, talk: Float32Array, random: Random): Float32Array {
  const noise = anyNoise(sound.length, talk, random);
  const quiet = 0.1 * 10 ** (-between(random, 3, 35) / 20);
  const gain = 10 ** (between(random, -26, 10) / 20);
  return sound.map((value, i) => Math.max(-1, Math.min(1, gain * (value + quiet * noise[i]!))));
}
