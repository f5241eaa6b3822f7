import { z } from 'zod';
import { fill, textOf } from './floats.ts';

/** Opaque to everyone but `Rarity`. */
export const rarityState = z.object({ top: z.int().nullable(), counts: z.string(), total: z.number(), learned: z.number() });
export type RarityState = z.infer<typeof rarityState>;

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
export class Rarity {
  static readonly floats = bins;
  /** `counts[0]` is the bin of the largest size. */
  private readonly counts: Float32Array;
  private top: number | undefined;
  private total: number;
  private learned: number;

  /** @param room to keep the counts in, all zero */
  constructor(saved?: RarityState, room = new Float32Array(Rarity.floats)) {
    this.counts = room;
    if (saved) fill(this.counts, saved.counts);
    this.top = saved?.top ?? undefined;
    this.total = saved?.total ?? 0;
    this.learned = saved?.learned ?? 0;
  }

  /** How rare a size is: minus the decimal logarithm of the share of all so far that was at least this large. Then it is remembered. */
  learn(size: number): number {
    const bin = Math.round(Math.log2(size) * perOctave);
    if (this.top === undefined || bin > this.top) {
      if (this.top !== undefined) this.raise(bin - this.top);
      this.top = bin;
    }
    const place = Math.min(this.top - bin, bins - 1);
    let larger = 0;
    for (let i = 0; i <= place; i++) larger += this.counts[i]!;
    const rarity = -Math.log10((larger + 0.5) / (this.total + 1));
    this.counts[place]!++;
    this.total++;
    if (++this.learned % fadesEvery === 0) this.fade();
    return rarity;
  }

  /** The size that all but this share of what was seen stay below; 0 before anything was seen. */
  exceededBy(share: number): number {
    let larger = 0;
    for (let i = 0; i < bins && this.top !== undefined; i++) {
      larger += this.counts[i]!;
      if (larger > share * this.total) return 2 ** ((this.top - i + 0.5) / perOctave);
    }
    return 0;
  }

  private raise(by: number): void {
    const { counts } = this;
    let lowest = 0;
    for (let i = Math.max(0, bins - 1 - by); i < bins; i++) lowest += counts[i]!;
    counts.copyWithin(Math.min(by, bins), 0);
    counts.fill(0, 0, Math.min(by, bins));
    counts[bins - 1] = lowest;
  }

  private fade(): void {
    for (let i = 0; i < bins; i++) this.counts[i]! *= fades;
    this.total *= fades;
  }

  save(): RarityState {
    return { top: this.top ?? null, counts: textOf(this.counts), total: this.total, learned: this.learned };
  }
}
