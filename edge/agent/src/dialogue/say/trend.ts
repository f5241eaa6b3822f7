import type { Point } from '../../telemetry/course.ts';

/** Where a signal began, where it is, and which way that is. */
export type Trend = { from: number; to: number; ms: number; goes: 'up' | 'down' | 'level' };

/** With fewer points, or over less time, nothing is called a trend. */
const least = { points: 8, ms: 60_000 };
/** A change within this share of the value is none, nor is one within what the middle half of the readings spans: what switches to and fro has no trend. */
const level = 0.01;

/**
 * The trend of a signal: the median of its last quarter against that of its first, which one outlier does not move (Tukey's resistant line, without
 * the middle). Undefined where there is too little to tell.
 */
export function trendOf(points: readonly Point[]): Trend | undefined {
  const numbers = points.filter((point): point is [number, number] => typeof point[1] === 'number');
  const [first, last] = [numbers[0], numbers.at(-1)];
  if (!first || !last || numbers.length < least.points || last[0] - first[0] < least.ms) return undefined;
  const ms = last[0] - first[0];
  const begun = numbers.filter(([at]) => at <= first[0] + ms / 4).map(([, value]) => value);
  const ended = numbers.filter(([at]) => at >= last[0] - ms / 4).map(([, value]) => value);
  const [from, to] = [quantile(begun, 0.5), quantile(ended, 0.5)];
  const within = Math.max(middleHalf(begun), middleHalf(ended), level * Math.abs(from));
  return { from, to, ms, goes: Math.abs(to - from) <= within ? 'level' : to > from ? 'up' : 'down' };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(at)]!, sorted[Math.ceil(at)]!];
  return low + (high - low) * (at - Math.floor(at));
}

const middleHalf = (values: readonly number[]) => quantile(values, 0.75) - quantile(values, 0.25);
