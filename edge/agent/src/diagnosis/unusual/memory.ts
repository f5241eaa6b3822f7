import { z } from 'zod';
import { fill, textOf } from './floats.ts';

const capacity = 64;

/** Opaque to everyone but `Memory`. */
export const memoryState = z.object({
  kept: z.string(),
  held: z
    .int()
    .min(0)
    .max(capacity - 1),
  stride: z.int().positive(),
  seen: z.int().min(0),
});
export type MemoryState = z.infer<typeof memoryState>;

/**
 * Situations the signal has been in (its value, and the course it was on), spread evenly over its whole life: when the room is used up,
 * every second one is forgotten and from then on half as many are kept. What is far from all of them is new.
 */
export class Memory {
  static readonly floats = capacity * 2;
  private readonly kept: Float32Array;
  private held: number;
  private stride: number;
  private seen: number;

  /** @param room to keep the situations in */
  constructor(saved?: MemoryState, room = new Float32Array(Memory.floats)) {
    this.kept = room;
    if (saved) fill(this.kept, saved.kept);
    this.held = saved?.held ?? 0;
    this.stride = saved?.stride ?? 1;
    this.seen = saved?.seen ?? 0;
  }

  /** How far the nearest remembered situation is, 0 while there is none. Then this one may be remembered. */
  learn(value: number, course: number): number {
    const { kept } = this;
    let nearest = Number.POSITIVE_INFINITY;
    for (let i = 0; i < this.held * 2; i += 2) {
      const distance = (value - kept[i]!) ** 2 + (course - kept[i + 1]!) ** 2;
      if (distance < nearest) nearest = distance;
    }
    const known = this.held > 0;
    if (this.seen % this.stride === 0) {
      kept[this.held * 2] = value;
      kept[this.held * 2 + 1] = course;
      if (++this.held === capacity) this.thin();
    }
    this.seen++;
    return known ? Math.sqrt(nearest) : 0;
  }

  private thin(): void {
    for (let i = 0; i < capacity; i += 2) this.kept.copyWithin(i, i * 2, i * 2 + 2);
    this.held = capacity / 2;
    this.stride *= 2;
  }

  save(): MemoryState {
    const { kept, held, stride, seen } = this;
    return { kept: textOf(kept), held, stride, seen };
  }
}
