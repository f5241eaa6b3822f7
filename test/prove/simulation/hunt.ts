import type { Plant } from './plants.ts';
import { type Outcome, runSeed } from './run-seed.ts';

export type SimulationHunt = {
  /** How many seeds were run from each of these on. */
  ranges: Record<string, number>;
  acts: Record<string, number>;
  saved: number;
  wrong: { seed: number; wrong: string[] }[];
  /** The seed that found each planted bug. */
  plants: Record<string, number>;
};

/** Runs so many worlds, from this seed on. */
export async function huntSimulation(count: number, from: number): Promise<Omit<SimulationHunt, 'ranges' | 'plants'>> {
  const hunt: Omit<SimulationHunt, 'ranges' | 'plants'> = { acts: {}, saved: 0, wrong: [] };
  for (let seed = from; seed < from + count; seed++) {
    const { acts, saved, wrong } = await runSeed(seed);
    hunt.saved += saved;
    if (wrong.length > 0) hunt.wrong.push({ seed, wrong });
    for (const [act, times] of Object.entries(acts)) hunt.acts[act] = (hunt.acts[act] ?? 0) + times;
  }
  return hunt;
}

/** The first world in which this bug shows; none when it hides in all of them. */
export async function huntPlant(plant: Plant, most: number, from: number): Promise<Outcome | undefined> {
  for (let seed = from; seed < from + most; seed++) {
    const outcome = await runSeed(seed, plant);
    if (outcome.wrong.length > 0) return outcome;
  }
  return undefined;
}
