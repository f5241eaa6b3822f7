import { finds, type Pack } from '@wayside/packs';
import { holds, type Localized, type Signal, type Value } from '@wayside/protocol';

/** From where on a reading is out of order, by the pack: over or under a value in the signal's own unit, and what that is then called. */
export type Limit = { symptom: string; title: Localized; side: 'above' | 'below'; at: number };

/**
 * The limits that a pack sets a signal. Where some hold only in a state (`while`) that the thing is in now, those; else all.
 * @param latest what the thing shows now; absent: states are not looked at
 */
export function limitsOf(
  { symptoms }: Pick<Pack, 'symptoms'>,
  name: string,
  signal: Signal | undefined,
  latest: (signal: string) => { value: Value } | undefined = () => undefined,
): Limit[] {
  const all = Object.entries(symptoms).flatMap(([symptom, { title, detect, doubts }]) => {
    // What no reading can be says that the sensor is wrong, not the machine.
    if (detect.kind !== 'limit' || doubts) return [];
    const { signal: of, above, below } = detect;
    if (typeof of === 'string' ? of !== name : !signal || !finds(of, signal)) return [];
    const now = detect.while.every((one) => {
      const reading = latest(one.signal);
      return reading !== undefined && holds(one, reading.value);
    });
    return [
      ...(above === undefined ? [] : [{ symptom, title, side: 'above' as const, at: above, now }]),
      ...(below === undefined ? [] : [{ symptom, title, side: 'below' as const, at: below, now }]),
    ];
  });
  const here = all.filter(({ now }) => now);
  return (here.length > 0 ? here : all).map(({ now: _, ...limit }) => limit);
}
