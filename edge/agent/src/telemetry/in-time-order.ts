import type { Point } from './chunk.ts';

/** Leaves of the points those in [from, to], oldest first, each once. What comes in order, as nearly all does, is gone through once and not copied. */
export function inTimeOrder(points: Point[], from: number, to: number): void {
  let ordered = true;
  keep(points, (point, before) => {
    const at = point[0];
    if (at < from || at > to || same(point, before)) return false;
    if (before && at < before[0]) ordered = false;
    return true;
  });
  if (ordered) return;
  points.sort((a, b) => a[0] - b[0]);
  keep(points, (point, before) => !same(point, before));
}

/** In place: nearly all stay. @param stays is told the last that stayed */
function keep(points: Point[], stays: (point: Point, before: Point | undefined) => boolean): void {
  let kept = 0;
  let before: Point | undefined;
  for (let i = 0; i < points.length; i++) {
    const point = points[i]!;
    if (!stays(point, before)) continue;
    points[kept++] = before = point;
  }
  points.length = kept;
}

const same = (point: Point, other: Point | undefined) => other !== undefined && point[0] === other[0] && point[1] === other[1];
