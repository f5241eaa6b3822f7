import { z } from 'zod';
import { fill, textOf } from '../unusual/floats.ts';

export const jointState = z.object({ rows: z.number().int().min(0), mean: z.string(), cov: z.string() });
/** Opaque to everyone but `createJoint`. */
export type JointState = z.infer<typeof jointState>;

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

/**
 * The mean and covariance of vectors that come one by one (Welford 1962); once `remembers` of them were learned, older ones fade.
 * @param size how many numbers a vector has; `size`² / 2 figures are kept
 * @throws RangeError when what was saved is of another size
 */
export function createJoint(size: number, remembers: number, saved?: JointState): Joint {
  const means = new Float32Array(size);
  /** The lower triangle, row by row. */
  const cov = new Float32Array((size * (size + 1)) / 2);
  if (saved) {
    fill(means, saved.mean);
    fill(cov, saved.cov);
  }
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
    save: () => ({ rows, mean: textOf(means), cov: textOf(cov) }),
  };
}
