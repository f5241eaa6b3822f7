import type { Climate, FaultModel } from '@wayside/packs';

/**
 * What a thing says of itself, and its site of where it lies, that makes some faults commoner in it than in its family. `year` is when it
 * was made.
 */
export type About = { maker?: string; model?: string; firmware?: string; year?: number; climate?: Climate };

/** No fault is impossible, and none is likelier than not before anything was seen. */
const [rarest, commonest] = [1e-9, 1];

/**
 * The odds that this thing has a fault before anything is seen: the family's, times each entry of `priors` all of whose conditions hold.
 * A condition on what the thing does not tell does not hold.
 * @param now epoch ms, for its age
 */
export function priorOdds({ prior, priors }: Pick<FaultModel, 'prior' | 'priors'>, thing: About = {}, now = 0): number {
  const age = thing.year === undefined ? undefined : new Date(now).getUTCFullYear() - thing.year;
  let odds = prior / (1 - Math.min(prior, 0.5));
  for (const { when, times } of priors) if (holds(when, thing, age)) odds *= times;
  return Math.min(Math.max(odds, rarest), commonest);
}

function holds(when: FaultModel['priors'][number]['when'], thing: About, age: number | undefined): boolean {
  const { maker, model, firmware, ageAtLeast, ageBelow, climate } = when;
  return (
    (maker === undefined || same(maker, thing.maker)) &&
    (model === undefined || same(model, thing.model)) &&
    (firmware === undefined || firmware.some((version) => version === thing.firmware)) &&
    (ageAtLeast === undefined || (age !== undefined && age >= ageAtLeast)) &&
    (ageBelow === undefined || (age !== undefined && age < ageBelow)) &&
    (climate === undefined || climate.some((one) => one === thing.climate))
  );
}

const same = (wanted: string, said: string | undefined) => wanted.trim().toLowerCase() === said?.trim().toLowerCase();
