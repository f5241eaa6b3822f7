/** How many slices a window keeps, whatever the sampling: one mean for each part of the span. */
const slices = 32;
/** A window says nothing before it is this full. */
const fullEnough = 0.8;

/** The last span of a number. `flat` holds four numbers a slice: when it began, how many, sum of times since then, sum of values. Plain JSON. */
export type Window = { last: number; flat: number[] };

export const emptyWindow = (): Window => ({ last: 0, flat: [] });

/**
 * Takes one value in. A clock that runs backwards, or a silence longer than the span or `gap`, begins it anew.
 * @param over,gap ms
 */
export function feed(window: Window, at: number, value: number, over: number, gap: number): void {
  const { flat, last } = window;
  if (at === last) return;
  if (at < last || at - last > Math.max(over, gap)) flat.length = 0;
  window.last = at;
  const newest = flat.length - 4;
  if (newest >= 0 && at - flat[newest]! < over / slices) {
    flat[newest + 1]! += 1;
    flat[newest + 2]! += at - flat[newest]!;
    flat[newest + 3]! += value;
  } else flat.push(at, 1, 0, value);
  let gone = 0;
  while (flat[gone]! < at - over - over / slices) gone += 4;
  if (gone > 0) flat.splice(0, gone);
}

export const isFull = ({ flat, last }: Window, over: number): boolean => flat.length > 0 && last - flat[0]! >= over * fullEnough;

/** Each slice counts alike, so that a burst of samples does not outweigh a quiet minute. */
export function meanOf({ flat }: Window): number {
  let sum = 0;
  for (let i = 0; i < flat.length; i += 4) sum += flat[i + 3]! / flat[i + 1]!;
  return (sum * 4) / flat.length;
}

export const oldestOf = ({ flat }: Window): number => flat[3]! / flat[1]!;

/** Least-squares slope in units per ms. */
export function slopeOf({ flat }: Window): number {
  let [n, sumT, sumV, sumTT, sumTV] = [0, 0, 0, 0, 0];
  for (let i = 0; i < flat.length; i += 4) {
    const t = flat[i]! - flat[0]! + flat[i + 2]! / flat[i + 1]!;
    const v = flat[i + 3]! / flat[i + 1]!;
    n++;
    sumT += t;
    sumV += v;
    sumTT += t * t;
    sumTV += t * v;
  }
  const spread = n * sumTT - sumT * sumT;
  return spread === 0 ? 0 : (n * sumTV - sumT * sumV) / spread;
}
