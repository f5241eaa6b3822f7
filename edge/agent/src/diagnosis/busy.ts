import type { Condition } from '@wayside/packs';
import type { Observed } from './detect.ts';
import { compileConditions } from './probes/conditions.ts';
import type { Cell } from './probes/probe.ts';

/** A number this old no longer says what the person is doing; a state is told when it changes and stands. */
const staleAfter = 2 * 60_000;

export type Busy = {
  observe(samples: readonly Observed[]): void;
  /** Whether the person has their hands full (is driving), as far as the thing has said. @param now epoch ms */
  is(now: number): boolean;
  /** When it last held, by the thing's own clock; undefined if never. */
  heldAt(): number | undefined;
};

/** @param conditions a pack's `busyWhile` or `monitorsRun`; none: they never hold */
export function createBusy(conditions: readonly Condition[]): Busy {
  const cells = new Map<string, Cell>(conditions.map(({ signal }) => [signal, { value: undefined, at: Number.NaN }]));
  const holds = compileConditions(conditions, (signal) => cells.get(signal)!);
  let heldAt: number | undefined;
  return {
    observe(samples) {
      if (cells.size === 0) return;
      for (const { signal, value, observedAt } of samples) {
        const cell = cells.get(signal);
        if (!cell || observedAt < cell.at) continue;
        Object.assign(cell, { value, at: observedAt });
        if (holds?.()) heldAt = Math.max(heldAt ?? 0, observedAt);
      }
    },
    heldAt: () => heldAt,
    is: (now) => (holds?.() ?? false) && [...cells.values()].every(({ value, at }) => typeof value !== 'number' || now - at <= staleAfter),
  };
}
