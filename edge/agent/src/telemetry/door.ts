import { epochOf, type Quality, type Sample, type Signal, type Telemetry, type Value } from '@wayside/protocol';

/** A device's clock may run ahead by so much (ms), and its buffer may be so old; beyond, our own clock stands in. */
export const clockLimits = { ahead: 5 * 60_000, behind: 30 * 86_400_000 };

/** A thing may have so many signals; more are refused, so that one device cannot fill the memory. */
export const maxSignalsPerThing = 4_000;

/**
 * One message as samples: stamped, and each marked with how far it can be trusted. Nothing is dropped for being odd.
 * @param model the signals this thing declared, or its family did; empty for an unknown thing
 */
export function samplesOf(thing: string, message: Telemetry, receivedAt: number, model: Record<string, Signal>): Sample[] {
  const claimed = message.at === undefined ? receivedAt : epochOf(message.at);
  const believable = claimed <= receivedAt + clockLimits.ahead && claimed >= receivedAt - clockLimits.behind;
  const observedAt = believable ? claimed : receivedAt;
  return Object.entries(message.signals).map(([signal, value]) => ({
    thing,
    signal,
    value,
    observedAt,
    receivedAt,
    quality: believable ? qualityOf(model[signal], value) : 'suspect-time',
  }));
}

/** How far a value can be trusted, by what its signal may be. */
export function qualityOf(declared: Signal | undefined, value: Value): Quality {
  if (!declared) return 'undeclared';
  if (typeof value !== declared.type) return 'wrong-type';
  if (
    typeof value === 'number' &&
    ((declared.min !== undefined && value < declared.min) || (declared.max !== undefined && value > declared.max))
  )
    return 'out-of-range';
  if (typeof value === 'string' && declared.states && !declared.states.includes(value)) return 'out-of-range';
  return 'good';
}
