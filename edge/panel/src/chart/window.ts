/** How much is shown on each side of a moment. */
export const sideMs = 10 * 60_000;

export type Window = { from: number; to: number /** New readings still belong to it. */; live: boolean };

/**
 * The stretch of time a chart shows: ten minutes on each side of the moment, as far as time has come; without a moment, the last ten
 * minutes. While it ends now it moves on with the clock, and a moment stays in it.
 */
export function windowAround(at: number | undefined, now: number): Window {
  if (at === undefined) return { from: now - sideMs, to: now, live: true };
  const live = now < at + sideMs;
  return { from: at - sideMs, to: live ? Math.max(now, at) : at + sideMs, live };
}

/** The points of a window, with the last one before it so that a line or a state does not begin out of nothing. */
export function within<V>(points: readonly [number, V][], { from, to }: Pick<Window, 'from' | 'to'>): [number, V][] {
  const first = points.findIndex(([at]) => at >= from);
  if (first < 0) return points.slice(-1);
  return points.slice(Math.max(0, first - 1)).filter(([at]) => at <= to);
}

/** The value that stood at a moment: the last one at or before it. */
export function valueAt<V>(points: readonly [number, V][], at: number): V | undefined {
  return points.findLast(([when]) => when <= at)?.[1];
}

/** Only the points where a state changes. */
export function changesOf<V>(points: readonly [number, V][]): [number, V][] {
  return points.filter(([, value], i) => i === 0 || points[i - 1]?.[1] !== value);
}
