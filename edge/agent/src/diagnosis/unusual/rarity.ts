/** Opaque to everyone but `createRarity`. */
export type RarityState = { top: number; counts: number[]; total: number };

export type Rarity = {
  /** How often something at least this large was seen so far, 0..1; then the value itself is remembered. */
  learn(size: number): number;
  /** The size that all but this share of what was seen stay below; 0 before anything was seen. */
  exceededBy(share: number): number;
  save(): RarityState;
};

/** Quarter octaves: a size is told from another that is a fifth larger. */
const perOctave = 4;
/** The largest size seen and sixteen octaves below it; whatever is smaller than that is never rare. */
const bins = 64;

const binOf = (size: number) => Math.round(Math.log2(Math.max(size, Number.MIN_VALUE)) * perOctave);

/**
 * The empirical tail of a size that cannot be negative: a histogram on a logarithmic scale that hangs on its largest value, so that
 * it needs neither a unit nor a range. Laplace's half count keeps what was never seen from being impossible.
 */
export function createRarity(saved?: RarityState): Rarity {
  let top = saved?.top ?? Number.NEGATIVE_INFINITY;
  let counts = saved ? [...saved.counts] : new Array<number>(bins).fill(0);
  let total = saved?.total ?? 0;

  /** `counts[0]` is the largest size's bin. */
  const raise = (bin: number) => {
    const by = Math.min(bin - top, bins);
    const lowest = counts.slice(bins - by).reduce((sum, count) => sum + count, 0);
    counts = [...new Array<number>(by).fill(0), ...counts.slice(0, bins - by)];
    counts[bins - 1]! += total === 0 ? 0 : lowest;
    top = bin;
  };

  return {
    learn(size) {
      const bin = binOf(size);
      if (bin > top) raise(bin);
      const place = Math.min(top - bin, bins - 1);
      let larger = 0;
      for (let i = 0; i <= place; i++) larger += counts[i]!;
      const share = (larger + 0.5) / (total + 1);
      counts[place]!++;
      total++;
      return share;
    },
    exceededBy(share) {
      let larger = 0;
      for (let i = 0; i < bins; i++) {
        larger += counts[i]!;
        if (larger > share * total) return 2 ** ((top - i + 0.5) / perOctave);
      }
      return 0;
    },
    save: () => ({ top, counts: [...counts], total }),
  };
}
