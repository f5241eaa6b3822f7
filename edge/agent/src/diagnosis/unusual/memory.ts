/** Opaque to everyone but `createMemory`. */
export type MemoryState = { kept: [number, number][]; stride: number; seen: number };

export type Memory = {
  /** How far the nearest remembered situation is, 0 while there is none. Then this one may be remembered. */
  learn(value: number, course: number): number;
  save(): MemoryState;
};

const capacity = 64;

/** Nine digits tell any two 32-bit numbers apart. */
const digits = (value: number) => Number(value.toPrecision(9));

/**
 * Situations the signal has been in (its value, and the course it was on), spread evenly over its whole life: when the room is used up,
 * every second one is forgotten and from then on half as many are kept. What is far from all of them is new.
 */
export function createMemory(saved?: MemoryState): Memory {
  const kept = new Float32Array(capacity * 2);
  let held = saved?.kept.length ?? 0;
  saved?.kept.forEach((pair, i) => {
    kept.set(pair, i * 2);
  });
  let { stride, seen } = saved ?? { stride: 1, seen: 0 };

  const thin = () => {
    for (let i = 0; i < capacity; i += 2) kept.copyWithin(i, i * 2, i * 2 + 2);
    held = capacity / 2;
    stride *= 2;
  };

  return {
    learn(value, course) {
      let nearest = Number.POSITIVE_INFINITY;
      for (let i = 0; i < held * 2; i += 2) {
        const distance = (value - kept[i]!) ** 2 + (course - kept[i + 1]!) ** 2;
        if (distance < nearest) nearest = distance;
      }
      const known = held > 0;
      if (seen % stride === 0) {
        kept.set([value, course], held * 2);
        if (++held === capacity) thin();
      }
      seen++;
      return known ? Math.sqrt(nearest) : 0;
    },
    save: () => ({
      kept: Array.from({ length: held }, (_, i) => [digits(kept[i * 2]!), digits(kept[i * 2 + 1]!)]),
      stride,
      seen,
    }),
  };
}
