import { resample } from './sound.ts';

/** A whole number from 0 to below so many. */
export type Random = (below: number) => number;
export const between = (random: Random, least: number, most: number): number => least + ((most - least) * random(10_001)) / 10_000;

export const level = (sound: Float32Array): number =>
  Math.sqrt(sound.reduce((sum, value) => sum + value * value, 0) / (sound.length || 1)) || 1e-6;

/** Sound of some level, brought to that of 1. */
const levelled = (sound: Float32Array): Float32Array => {
  const loud = level(sound);
  return sound.map((value) => value / loud);
};

/** A piece of somebody else's talk, so many samples long. */
export function pieceOf(talk: Float32Array, length: number, random: Random): Float32Array {
  const at = random(Math.max(1, talk.length - length));
  return talk.subarray(at, at + length);
}

/** A fan, a road or a room: white, or more of it the lower; with a hum at times. */
export function steadyNoise(length: number, random: Random): Float32Array {
  const keep = [0, 0.7, 0.95, 0.99][random(4)]!;
  const hum = random(3) === 0 ? between(random, 40, 240) : 0;
  let last = 0;
  return levelled(
    Float32Array.from({ length }, (_, i) => {
      last = keep * last + between(random, -1, 1);
      return last + (hum ? Math.sin((2 * Math.PI * hum * i) / 16_000) : 0);
    }),
  );
}

/** Several people talking at once, each higher or lower than they are. */
function babble(length: number, talk: Float32Array, random: Random): Float32Array {
  const noise = steadyNoise(length, random).map((value) => 0.2 * value);
  for (let n = 2 + random(5); n > 0; n--) {
    const rate = between(random, 13_500, 18_500);
    const piece = resample(pieceOf(talk, Math.ceil((length * rate) / 16_000) + 32, random), rate, 16_000);
    const factor = between(random, 0.4, 1) / level(piece);
    for (let i = 0; i < Math.min(length, piece.length); i++) noise[i]! += factor * piece[i]!;
  }
  return levelled(noise);
}

/** Plates, cutlery, doors and switches: blows that ring and die away. */
function clatter(length: number, random: Random): Float32Array {
  const noise = steadyNoise(length, random).map((value) => 0.1 * value);
  for (let n = Math.ceil((length / 16_000) * between(random, 1, 6)); n > 0; n--) {
    const [from, loud, lasts] = [random(length), between(random, 0.3, 2), between(random, 0.01, 0.15) * 16_000];
    const tones = Array.from({ length: 1 + random(4) }, () => (2 * Math.PI * between(random, 200, 6500)) / 16_000);
    for (let i = 0; i < Math.min(length - from, 5 * lasts); i++) {
      const ring = tones.reduce((sum, tone) => sum + Math.sin(tone * i), 0) / tones.length;
      noise[from + i]! += loud * Math.exp(-i / lasts) * (ring + 0.5 * between(random, -1, 1));
    }
  }
  return levelled(noise);
}

/** Noise at a level of 1, of one of these kinds. */
export function anyNoise(length: number, talk: Float32Array, random: Random): Float32Array {
  const kind = random(4);
  if (kind === 0) return steadyNoise(length, random);
  if (kind === 1) return clatter(length, random);
  const voices = babble(length, talk, random);
  if (kind === 2) return voices;
  const blows = clatter(length, random);
  return levelled(voices.map((value, i) => value + blows[i]!));
}
