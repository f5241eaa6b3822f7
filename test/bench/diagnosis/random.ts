import { createRandom, gaussian } from '@wayside/simulators';

export type Random = ReturnType<typeof randomOf>;

/** Draws of all kinds from one seeded stream. */
export function randomOf(seed: number, name: string) {
  const next = createRandom(seed, name);
  return {
    chance: (p: number) => next() < p,
    between: (from: number, to: number) => from + (to - from) * next(),
    normal: () => gaussian(next),
    seed: () => Math.floor(next() * 2 ** 31),
    pick: <T>(all: readonly T[]): T => all[Math.floor(next() * all.length)]!,
  };
}
