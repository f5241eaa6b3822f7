/** Opaque to everyone but `createJoint`. `cov` is the lower triangle, row by row. */
export type JointState = { rows: number; mean: number[]; cov: number[] };

export type Joint = {
  /** How many numbers a vector has. */
  readonly size: number;
  /** How many vectors the figures stand for. */
  rows(): number;
  learn(vector: Float64Array): void;
  mean(at: number): number;
  covariance(a: number, b: number): number;
  save(): JointState;
};

/** Nine digits tell any two 32-bit numbers apart. */
const digits = (value: number) => Number(value.toPrecision(9));

/**
 * The mean and covariance of vectors that come one by one (Welford 1962); once `remembers` of them were learned, older ones fade.
 * @param size how many numbers a vector has; `size`² / 2 figures are kept
 */
export function createJoint(size: number, remembers: number, saved?: JointState): Joint {
  const means = Float32Array.from(saved?.mean ?? new Float32Array(size));
  const cov = Float32Array.from(saved?.cov ?? new Float32Array((size * (size + 1)) / 2));
  const away = new Float64Array(size);
  let rows = saved?.rows ?? 0;
  return {
    size,
    rows: () => rows,
    learn(vector) {
      rows = Math.min(rows + 1, remembers);
      const weight = 1 / rows;
      for (let i = 0, at = 0; i < size; i++) {
        away[i] = vector[i]! - means[i]!;
        means[i]! += weight * away[i]!;
        for (let j = 0; j <= i; j++, at++) cov[at]! += weight * ((1 - weight) * away[i]! * away[j]! - cov[at]!);
      }
    },
    mean: (at) => means[at]!,
    covariance: (a, b) => cov[a >= b ? (a * (a + 1)) / 2 + b : (b * (b + 1)) / 2 + a]!,
    save: () => ({ rows, mean: Array.from(means, digits), cov: Array.from(cov, digits) }),
  };
}
