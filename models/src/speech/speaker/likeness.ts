/** Voices are vectors of length 1; two of one person point nearly the same way. */
export function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / (length || 1));
}

/** Several sayings of one person as one voice. */
export function meanVoice(voices: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(voices[0]?.length ?? 0);
  for (const voice of voices) for (const [at, value] of voice.entries()) sum[at]! += value;
  return unit(sum);
}

/** How alike two voices are, −1 to 1. */
export const likeness = (one: ArrayLike<number>, other: ArrayLike<number>): number =>
  Array.from(one).reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0);
