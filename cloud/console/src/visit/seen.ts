import type { VisitFrame } from '../api/types.ts';

type Reading = VisitFrame['readings'][string];

/** What was seen of a machine so far: what its signals mean, what it can do, the newest of each and the numbers of the last minutes. */
export type Seen = {
  signals: NonNullable<VisitFrame['signals']>;
  actions: NonNullable<VisitFrame['actions']>;
  latest: Record<string, Reading>;
  points: Record<string, [number, number][]>;
  /** Of the newest frame, on the edge's clock. */
  at: number;
};

export const nothingSeen: Seen = { signals: {}, actions: {}, latest: {}, points: {}, at: 0 };

/** So far back the charts go. */
export const shownMs = 2 * 60_000;

/** Takes in a frame. What is older than the charts show is forgotten, so that an hour of looking holds no more than two minutes. */
export function see(seen: Seen, frame: VisitFrame): Seen {
  const points = { ...seen.points };
  for (const [name, { at, value }] of Object.entries(frame.readings)) {
    if (typeof value !== 'number') continue;
    points[name] = [...(points[name] ?? []).filter(([then]) => then >= frame.at - shownMs && then < at), [at, value]];
  }
  return {
    signals: frame.signals ?? seen.signals,
    actions: frame.actions ?? seen.actions,
    latest: { ...seen.latest, ...frame.readings },
    points,
    at: frame.at,
  };
}
