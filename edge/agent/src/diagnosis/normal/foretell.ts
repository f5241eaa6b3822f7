import type { Joint } from './joint.ts';

/** What a stretch of rows leaves unexplained in its newest one. Arrays go by signal. */
export type Foretold = {
  /** How far each newest value is from what all else in the stretch leads to expect, in standard deviations of such a forecast. */
  standard: Float64Array;
  /** The same in the signal's unit, as far as the others are where they have been before: what departs is not blamed on what follows. */
  rest: Float64Array;
};

/** Which signals it judges, and how. */
export type Foreteller = {
  foretell(stretch: Float64Array): Foretold;
  /** Known, and not constant. */
  judges(signal: number): boolean;
  /** The standard deviation of what is left unexplained, in the signal's unit. */
  deviation(signal: number): number;
  /** What share of a shift that stays is left unexplained: small for a signal that wanders, since it follows itself. */
  unexplained(signal: number): number;
};

/** Pulls relations that few rows speak for towards none; so many rows of no relation at all. */
const ridge = 3;
/**
 * So many rows in which one signal alone stood at another level: until the data show that a signal keeps its level, it may wander. It is
 * the sum-of-coefficients prior of Doan, Litterman and Sims (1984), and keeps slow signals from being judged by the little seen of them.
 */
const wandering = 10;
/** Beyond so many standard deviations another signal's relations were never seen, and what they explain is not taken further. */
const territory = 3;
/** No signal wanders so freely that less than this share of a shift shows. */
const leastUnexplained = 0.05;

/**
 * The forecast of each signal's newest value from all else in the stretch: the other signals at that moment, and the rows before of all.
 * All of these regressions at once are the inverse of one covariance matrix (the precision matrix; Whittaker 1990, corollary 5.8.2).
 * @param joint learned from stretches: the newest row first, each row `signals` long; it learns no more
 * @param known which signals to judge and to lean on; the others are as if they were not there
 */
export function createForeteller(joint: Joint, signals: number, known: readonly boolean[]): Foreteller {
  const { size } = joint;
  const rows = joint.rows();
  const spread = Float64Array.from({ length: signals }, (_, i) => Math.sqrt(Math.max(joint.covariance(i, i), 0)));
  const judges = (i: number) => known[i]! && spread[i]! > 0;
  const precision = inverseOf(size, (a, b) => {
    const [one, other] = [a % signals, b % signals];
    if (!judges(one) || !judges(other)) return a === b ? 1 : 0;
    const correlation = joint.covariance(a, b) / (spread[one]! * spread[other]!);
    return correlation + ((a === b ? ridge : 0) + (one === other ? wandering : 0)) / rows;
  });
  const at = (i: number) => precision[i * size + i]!;
  const judged = Array.from({ length: size }, (_, i) => i).filter((i) => judges(i % signals));
  const scaled = new Float64Array(size);
  const held = new Float64Array(size);

  return {
    judges,
    deviation: (i) => spread[i]! / Math.sqrt(at(i)),
    unexplained(i) {
      let sum = 0;
      for (let j = i; j < size; j += signals) sum += precision[i * size + j]!;
      return Math.max(leastUnexplained, sum / at(i));
    },
    foretell(stretch) {
      const rest = new Float64Array(signals);
      const standard = new Float64Array(signals);
      for (const i of judged) {
        scaled[i] = (stretch[i]! - joint.mean(i)) / spread[i % signals]!;
        held[i] = Math.min(territory, Math.max(-territory, scaled[i]!));
      }
      let distance = 0;
      for (const i of judged) {
        const row = i * size;
        let all = 0;
        for (const j of judged) all += precision[row + j]! * scaled[j]!;
        distance += all * scaled[i]!;
        if (i >= signals) continue;
        let within = 0;
        for (const j of judged) within += precision[row + j]! * held[j]!;
        for (let j = i; j < size; j += signals) within += precision[row + j]! * (scaled[j]! - held[j]!);
        standard[i] = all / Math.sqrt(at(i));
        rest[i] = (within / at(i)) * spread[i]!;
      }
      // The conditional multivariate t: a forecast from a place that was seldom visited is worth less (Ding 2016).
      for (let i = 0; i < signals; i++) {
        const elsewhere = Math.max(0, distance - standard[i]! ** 2);
        standard[i]! *= Math.sqrt((rows + judged.length) / (rows + elsewhere));
      }
      return { rest, standard };
    },
  };
}

/** The inverse of a symmetric positive definite matrix, by sweeping each row in turn (Goodnight 1979). The ridge keeps it definite. */
function inverseOf(size: number, entry: (a: number, b: number) => number): Float64Array {
  const m = Float64Array.from({ length: size * size }, (_, at) => entry(Math.floor(at / size), at % size));
  for (let k = 0; k < size; k++) {
    const pivot = 1 / m[k * size + k]!;
    for (let i = 0; i < size; i++) {
      if (i === k) continue;
      const factor = m[i * size + k]! * pivot;
      for (let j = 0; j < size; j++) if (j !== k) m[i * size + j]! -= factor * m[k * size + j]!;
      m[i * size + k] = -factor;
    }
    for (let j = 0; j < size; j++) if (j !== k) m[k * size + j]! *= pivot;
    m[k * size + k] = pivot;
  }
  return m;
}
