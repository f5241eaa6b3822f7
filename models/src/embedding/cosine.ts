/** How alike two vectors of length 1 are: their cosine, 1 for the same. The embedder's lie between 0.7 and 1, so differences count, not the figure. */
export function cosine(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}
