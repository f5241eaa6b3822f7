/** Opaque to everyone but `createRarity`. */
export type RarityState = { top: number | null; counts: number[]; total: number; learned: number };

export type Rarity = {
  /** How rare a size is: minus the decimal logarithm of the share of all so far that was at least this large. Then it is remembered. */
  learn(size: number): number;
  /** The size that all but this share of what was seen stay below; 0 before anything was seen. */
  exceededBy(share: number): number;
  save(): RarityState;
};

/** Quarter octaves: two sizes are told apart when one is a fifth larger. */
const perOctave = 4;
/** The largest size seen and what is up to 16 octaves smaller; anything below that counts as equally common. */
const bins = 64;
/** Every so many samples the past loses a tenth of its weight: about twenty thousand are remembered. */
const fadesEvery = 2000;
const fades = 0.9;

/**
 * The empirical tail of a size that is above zero: a histogram on a logarithmic scale that hangs on its largest value, so that it needs
 * neither a unit nor a range. Half a count (Krichevsky and Trofimov 1981) keeps what was never seen from being impossible.
 */
export function createRarity(saved?: RarityState): Rarity {
  /** `counts[0]` is the bin of the largest size. */
  const counts = new Float32Array(bins);
  counts.set(saved?.counts ?? []);
  let top = saved?.top ?? undefined;
  let total = saved?.total ?? 0;
  let learned = saved?.learned ?? 0;

  const raise = (by: number) => {
    let lowest = 0;
    for (let i = Math.max(0, bins - 1 - by); i < bins; i++) lowest += counts[i]!;
    counts.copyWithin(Math.min(by, bins), 0);
    counts.fill(0, 0, Math.min(by, bins));
    counts[bins - 1] = lowest;
  };
  const fade = () => {
    for (let i = 0; i < bins; i++) counts[i]! *= fades;
    total *= fades;
  };

  return {
    learn(size) {
      const bin = Math.round(Math.log2(size) * perOctave);
      if (top === undefined || bin > top) {
        if (top !== undefined) raise(bin - top);
        top = bin;
      }
      const place = Math.min(top - bin, bins - 1);
      let larger = 0;
      for (let i = 0; i <= place; i++) larger += counts[i]!;
      const rarity = -Math.log10((larger + 0.5) / (total + 1));
      counts[place]!++;
      total++;
      if (++learned % fadesEvery === 0) fade();
      return rarity;
    },
    exceededBy(share) {
      let larger = 0;
      for (let i = 0; i < bins && top !== undefined; i++) {
        larger += counts[i]!;
        if (larger > share * total) return 2 ** ((top - i + 0.5) / perOctave);
      }
      return 0;
    },
    // Nine digits tell any two 32-bit numbers apart.
    save: () => ({ top: top ?? null, counts: Array.from(counts, (count) => Number(count.toPrecision(9))), total, learned }),
  };
}
