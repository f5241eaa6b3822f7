import { holds, type Interlock, type Value } from '@wayside/protocol';

/** What was read longer ago (ms) says nothing about now; the edge holds to the same. */
export const freshMs = 2_000;

/**
 * The machine's own last check before it moves, with data nearer than any edge has: what is not known to hold now does not hold.
 * @returns why a command is refused, or undefined when every interlock holds
 */
export function createInterlocks(sense: Record<string, (() => Value | undefined) | undefined>, now: () => number) {
  const latest = new Map<string, { value: Value; at: number }>();

  const read = (signal: string): Value | undefined => {
    if (Object.hasOwn(sense, signal)) return sense[signal]?.();
    const last = latest.get(signal);
    return last && Math.abs(now() - last.at) <= freshMs ? last.value : undefined;
  };

  return {
    /** What was just published. */
    saw(signals: Record<string, Value>, at: number): void {
      for (const [signal, value] of Object.entries(signals)) if ((latest.get(signal)?.at ?? 0) <= at) latest.set(signal, { value, at });
    },
    blocked(interlocks: readonly Interlock[] = []): string | undefined {
      for (const interlock of interlocks) {
        const value = read(interlock.signal);
        if (value === undefined) return `${interlock.signal} is not known now`;
        if (!holds(interlock, value)) return interlock.because?.en ?? `${interlock.signal} is ${value}`;
      }
      return undefined;
    },
  };
}
