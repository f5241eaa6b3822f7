import type { Point } from './chunk.ts';

/** The points of all parts in [from, to], oldest first, each once. What comes in order, as nearly all does, is gone through once. */
export function inTimeOrder(parts: readonly Point[][], from: number, to: number): Point[] {
  const points: Point[] = [];
  let ordered = true;
  let last: Point | undefined;
  for (const part of parts)
    for (const point of part) {
      const at = point[0];
      if (at < from || at > to || same(point, last)) continue;
      if (last && at < last[0]) ordered = false;
      points.push(point);
      last = point;
    }
  if (ordered) return points;
  points.sort((a, b) => a[0] - b[0]);
  return points.filter((point, i) => !same(point, points[i - 1]));
}

const same = (point: Point, other: Point | undefined) => other !== undefined && point[0] === other[0] && point[1] === other[1];
