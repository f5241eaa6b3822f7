import { conversion, type Quality, type Sample, type Signal, sameQuantity, type Value } from '@wayside/protocol';
import { isUsual, newPast, remember, type SignalPast, type ThingPast } from './past.ts';
import type { Row } from './row.ts';

/** A device's clock may run ahead by so much (ms), and its buffer may be so old; beyond, our own clock stands in. */
export const clockLimits = { ahead: 5 * 60_000, behind: 30 * 86_400_000 };

/** Whether a device may mean this time by its clock; both epoch ms. */
export const isBelievable = (claimed: number, receivedAt: number): boolean =>
  claimed <= receivedAt + clockLimits.ahead && claimed >= receivedAt - clockLimits.behind;

/** A thing may have so many signals; more are refused, so that one device cannot fill the memory. */
export const maxSignalsPerThing = 4_000;

/** A counter that fell below this share of what it was began anew; one that fell less cannot be true (as Home Assistant has it). */
const resetBelow = 0.9;

const nobody: ReadonlySet<string> = new Set();

/**
 * One message as samples: stamped, and each marked with how far it can be trusted. Nothing is dropped for being odd, only for being one
 * signal too many.
 * @param model the signals this thing declared, or its family did; empty for an unknown thing
 * @param past what was heard of the thing before; it is brought up to date
 * @param doubted signals that its detectors say are not to be believed now
 */
export function samplesOf(
  thing: string,
  { at, signals, values }: Row,
  receivedAt: number,
  model: Record<string, Signal>,
  past: ThingPast = newPast(),
  doubted: ReadonlySet<string> = nobody,
): Sample[] {
  const claimed = at ?? receivedAt;
  const believable = isBelievable(claimed, receivedAt);
  const observedAt = believable ? claimed : receivedAt;
  if (past.lateness.hear(observedAt) === 'set-back') for (const one of past.signals.values()) one.at = Number.NEGATIVE_INFINITY;
  const samples: Sample[] = [];
  for (let i = 0; i < signals.length; i++) {
    const signal = signals[i]!;
    const value = values[i]!;
    const before = pastOf(past, signal);
    if (!before) continue;
    const quality = markOf(model[signal], value, observedAt, before);
    if (quality !== 'late' && quality !== 'repeated' && !isBad(quality)) remember(before, observedAt, value);
    samples.push({
      thing,
      signal,
      value,
      observedAt,
      receivedAt,
      quality: isBad(quality) ? quality : weaker(quality, believable, doubted.has(signal)),
    });
  }
  return samples;
}

function pastOf({ signals }: ThingPast, signal: string): SignalPast | undefined {
  const known = signals.get(signal);
  if (known || signals.size >= maxSignalsPerThing) return known;
  const made = { ...strange };
  signals.set(signal, made);
  return made;
}

/** A signal of which nothing is known. */
const strange: SignalPast = { at: Number.NEGATIVE_INFINITY, value: undefined, numbers: 0, mean: 0, spread: 0 };

/** The value itself cannot be what it says. */
const isBad = (quality: Quality): boolean => quality === 'wrong-type' || quality === 'out-of-range' || quality === 'suspect-unit';

/** A value that may be true, but not to be trusted as it comes. */
function weaker(quality: Quality, believable: boolean, doubted: boolean): Quality {
  if (!believable) return 'suspect-time';
  return doubted && (quality === 'good' || quality === 'undeclared') ? 'doubted' : quality;
}

/** How far a value can be trusted, by what its signal may be. */
export const qualityOf = (declared: Signal | undefined, value: Value): Quality =>
  declared ? (badness(declared, value, strange) ?? 'good') : 'undeclared';

function markOf(declared: Signal | undefined, value: Value, at: number, past: SignalPast): Quality {
  const bad = declared && badness(declared, value, past);
  if (bad) return bad;
  if (at < past.at) return 'late';
  if (at === past.at && value === past.value) return 'repeated';
  if (!declared) return 'undeclared';
  if (declared.counter && typeof value === 'number' && typeof past.value === 'number' && value < past.value) {
    return value < resetBelow * past.value ? 'counter-reset' : 'out-of-range';
  }
  return 'good';
}

function badness(declared: Signal, value: Value, past: SignalPast): Quality | undefined {
  if (typeof value !== declared.type) return 'wrong-type';
  if (typeof value === 'string') return declared.states && !declared.states.includes(value) ? 'out-of-range' : undefined;
  if (typeof value !== 'number' || isInRange(declared, value)) return undefined;
  return looksLikeOtherUnit(declared, value, past) ? 'suspect-unit' : 'out-of-range';
}

const isInRange = ({ min, max }: Signal, value: number): boolean =>
  (min === undefined || value >= min) && (max === undefined || value <= max);

/** Would it, read in another unit of the same quantity, fit the model and lie where this signal usually does? */
const looksLikeOtherUnit = (declared: Signal, value: number, past: SignalPast): boolean =>
  declared.unit !== undefined &&
  sameQuantity(declared.unit).some((other) => {
    const turned = conversion(other, declared.unit!)?.(value);
    return turned !== undefined && isInRange(declared, turned) && isUsual(past, turned);
  });
