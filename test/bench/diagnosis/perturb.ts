import type { Pack, Scenario } from '@wayside/packs';
import { parseSpan } from '@wayside/protocol';
import type { Random } from './random.ts';

/**
 * How far the cases of the bench stray from the packs' own scenarios. Nothing here is tuned to a pack; each is a rate of the field where one
 * is known, else a round number on the hard side.
 */
export const strays = {
  /** Standard deviation of the logarithm of how bad the fault is, against the scenario's own, and of how far each signal shows it. */
  severity: 0.2,
  shows: 0.2,
  /** How much faster or slower it comes. */
  pace: [0.7, 1.5],
  /** Chance that a code of the scenario is not set: its monitor has not run, or this machine has none. */
  codeNotSet: 0.3,
  /** Chance that a thing lacks some sensors, and which share of them. */
  bare: 0.5,
  lacking: 0.15,
  /** Standard deviation of a sensor's gain error and of its extra noise, as shares of the value: a cheap transmitter. */
  gain: 0.01,
  noise: 0.005,
  /** Half the tolerance of a class B resistance thermometer (IEC 60751): so many kelvin, and a share of the value. */
  kelvin: [0.15, 0.0025],
  /** Speeds come from counted pulses. */
  pulses: 0.0005,
  /** Chance that the edge begins to listen in the middle, and up to which share of the scenario. */
  late: 0.3,
  lateBy: 0.6,
  /** Chance of a code that has nothing to do with it: pending and of another fault, or one the pack does not know. */
  extraCode: 0.3,
  /** Share of the cases that have two faults at once. */
  pairs: 0.15,
} as const;

const ms = (span: string) => parseSpan(span) as number;
type Change = Scenario['timeline'][number];

/** A scenario as another machine of the family might live it: worse or milder, faster or slower, showing less. */
export function vary(scenario: Scenario, pack: Pack, random: Random): Scenario {
  const faulty = scenario.expect.fault !== null;
  const severity = faulty ? strays.severity * random.normal() : 0;
  const pace = random.between(...strays.pace);
  const slower = (span: string) => `${Math.round(ms(span) * pace)}ms`;
  const names = [...new Set(scenario.timeline.flatMap(({ signal, code }) => signal ?? code ?? []))];
  const unset = new Set(names.filter((name) => pack.dtcs[name] && random.chance(strays.codeNotSet)));
  const extent = new Map(names.map((name) => [name, faulty ? Math.exp(severity + strays.shows * random.normal()) : 1]));
  const shown = scenario.timeline.filter(({ code }) => code === undefined || !unset.has(code));
  // A fault that shows in nothing at all is nobody's to find.
  const timeline = (shown.length > 0 ? shown : scenario.timeline).map(
    (change): Change => ({
      ...change,
      at: slower(change.at),
      over: slower(change.over),
      ...(typeof change.to === 'number' ? { to: levelOf(change, change.to, scenario, pack, extent.get(change.signal ?? '') ?? 1) } : {}),
    }),
  );
  return { ...scenario, timeline, duration: `${Math.round(ms(scenario.duration) * Math.max(1, pace))}ms`, seed: random.seed() };
}

/** Levels of an analogue signal move from where they were by more or less; counts, switches and what stands at nought do not. */
function levelOf({ do: what, signal }: Change, to: number, { base }: Scenario, pack: Pack, extent: number): number {
  if (what === 'offset') return to * extent;
  const wave = base.signals[signal ?? ''];
  if (wave === undefined || typeof wave.value !== 'number' || wave.noise === 0 || to === 0) return to;
  const { min = wave.value >= 0 && to >= 0 ? 0 : Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } =
    pack.thing.signals[signal ?? '']!;
  return Math.min(Math.max(wave.value + (to - wave.value) * extent, min), max);
}

/** Two faults in one machine, or undefined where both want the same signal or start from different machines. */
export function joined(one: Scenario, other: Scenario): Scenario | undefined {
  const touches = ({ timeline }: Scenario) => new Set(timeline.flatMap(({ signal, code }) => signal ?? code ?? []));
  const alike = JSON.stringify(one.base) === JSON.stringify(other.base);
  if (!alike || !touches(one).isDisjointFrom(touches(other))) return undefined;
  const longer = ms(one.duration) >= ms(other.duration) ? one : other;
  return { ...longer, timeline: [...one.timeline, ...other.timeline] };
}
