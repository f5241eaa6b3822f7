/** Sound is dealt with in frames of 32 ms at 16 kHz: the shortest Silero VAD was trained with. */
export const frameSamples = 512;
export const frameMs = 32;

/** The frames before speech was noticed, and when the first of them began, in milliseconds of sound. */
export type Spell = { before: readonly Float32Array[]; fromMs: number };

/** The level of a frame in decibels of full scale; -100 for digital silence. */
export function levelOf(sound: Float32Array): number {
  let square = 0;
  for (const value of sound) square += value * value;
  return Math.max(-100, 10 * Math.log10(square / (sound.length || 1) + 1e-12));
}

/** Cuts a stream of pieces of any length into frames in [-1, 1]. */
export function createFramer(): (piece: Int16Array) => Float32Array[] {
  let [frame, filled] = [new Float32Array(frameSamples), 0];
  return (piece) => {
    const full: Float32Array[] = [];
    for (const value of piece) {
      frame[filled++] = value / 32768;
      if (filled < frameSamples) continue;
      full.push(frame);
      [frame, filled] = [new Float32Array(frameSamples), 0];
    }
    return full;
  };
}
