import type { Pack, Scenario } from '@wayside/packs';
import { type Recording, type Replayed, replay } from '@wayside/simulators';
import type { Heard } from '../../../edge/agent/src/diagnosis/rehearse.ts';
import { strays } from './perturb.ts';
import type { Random } from './random.ts';

/** Scenarios of the bench begin here, epoch ms. */
export const begin = Date.UTC(2026, 0, 1, 12);

/**
 * What an edge hears of a varied scenario: through sensors that are a little off, some of which this machine has not got, from a moment on
 * at which the edge begins to listen, with a code now and then that has nothing to do with it.
 * @param truth the faults that are there
 */
export function* hear(
  pack: Pack,
  scenario: Scenario,
  recording: Recording | undefined,
  truth: readonly string[],
  random: Random,
): Generator<Heard> {
  const sensor = sensors(pack, scenario, random);
  const steps = [...replay({ scenario, recording, start: begin })];
  const from = random.chance(strays.late) ? Math.floor(random.between(0, strays.lateBy) * steps.length) : 0;
  const stray = truth.length > 0 && random.chance(strays.extraCode) ? [strayCode(pack, truth, random)] : [];
  const standing = new Map(steps.slice(0, from).flatMap(({ dtcs }) => dtcs.map((dtc) => [dtc.code, dtc] as const)));
  for (const [i, step] of steps.slice(from).entries()) {
    const { samples, dtcs } = step;
    yield { ...step, samples: sensor(samples), dtcs: i === 0 ? [...standing.values(), ...stray, ...dtcs] : dtcs };
  }
}

/** What the sensors of this machine make of the truth: each its own constant error and some noise, some of them missing. */
export function sensors(pack: Pack, { base }: Scenario, random: Random): (samples: Replayed['samples']) => Replayed['samples'] {
  const bare = random.chance(strays.bare);
  const errors = new Map<string, number>();
  const errorOf = (name: string): number => {
    const drawn = random.normal();
    const chain = chainOf(name);
    if (!errors.has(chain)) errors.set(chain, drawn);
    return errors.get(chain)!;
  };
  const made = new Map(
    Object.entries(pack.thing.signals).map(([name, { type, unit }]) => {
      if (bare && random.chance(strays.lacking)) return [name, undefined] as const;
      // Counts and switches are exact; so is what a scenario holds perfectly still.
      const analogue = type === 'number' && (base.signals[name]?.noise ?? 1) > 0;
      return [name, analogue ? still(sensor(unit, errorOf(name), random)) : exact] as const;
    }),
  );
  return (samples) =>
    samples.flatMap((sample) => {
      const measured = made.get(sample.signal);
      if (!measured) return [];
      return [typeof sample.value === 'number' ? { ...sample, value: measured(sample.value) } : sample];
    });
}

/**
 * The highest and the lowest of many cells are read by one measuring chain, whose error they share: a monitor of battery cells is off by some
 * millivolts (LTC6811: 1.2 mV by its data sheet), two transmitters of one per cent each would tell a healthy pack's cells apart.
 */
const chainOf = (name: string): string => name.replace(/\.(Max|Min)$/, '');

const exact = (value: number) => value;

/** A reading that repeats to the last digit comes from a sensor that no longer measures, and such a one has no noise either. */
function still(measure: (value: number) => number): (value: number) => number {
  let last = Number.NaN;
  let heard = Number.NaN;
  return (value) => {
    if (value !== last) heard = measure(value);
    last = value;
    return heard;
  };
}

/** @param off how far this sensor is off, in standard deviations of its kind */
function sensor(unit: string | undefined, off: number, random: Random): (value: number) => number {
  // VSS writes its units with capitals.
  if (unit?.toLowerCase() === 'celsius') return (value) => value + off * (strays.kelvin[0] + strays.kelvin[1] * Math.abs(value));
  if (unit === 'rpm') return (value) => value * (1 + strays.pulses * off);
  return (value) => value * (1 + strays.gain * off + strays.noise * random.normal());
}

function strayCode(pack: Pack, truth: readonly string[], random: Random): Heard['dtcs'][number] {
  const others = Object.keys(pack.dtcs).filter((code) => truth.every((fault) => !pack.faults[fault]?.dtcs[code]));
  if (others.length > 0 && random.chance(0.5)) return { code: random.pick(others), state: 'pending' };
  return { code: random.pick(['U0073', 'B1318', 'X97']), state: random.chance(0.5) ? 'pending' : 'confirmed' };
}
