import { createMel, hop } from './mel.ts';

/** What Whisper is shown of a sound: every 10 ms the energy of 25 ms in 80 bands (Radford et al., arXiv 2212.04356, section 2.2). */
export const bands = 80;
export const framesPerSecond = 16_000 / hop;
const energiesOf = createMel(bands);

/** The picture of a sound, [bands, frames], followed by as much silence as `frames` leaves. */
export function pictureOf(sound: Float32Array, frames: number): Float32Array {
  const picture = new Float32Array(bands * frames).fill(-10);
  const spoken = Math.min(frames, Math.ceil(sound.length / hop));
  let most = -10;
  for (let frame = 0; frame < spoken; frame++) {
    for (const [band, energy] of energiesOf(sound, frame).entries()) {
      const value = Math.log10(Math.max(energy, 1e-10));
      picture[band * frames + frame] = value;
      if (value > most) most = value;
    }
  }
  return picture.map((value) => (Math.max(value, most - 8) + 4) / 4);
}
