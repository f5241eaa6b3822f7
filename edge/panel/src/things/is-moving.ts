import type { ThingView } from '../api/types.ts';

/** A speed that came longer ago than this says nothing of now, ms. */
const freshMs = 15_000;

/** Whether a thing moves, by its pack's policy: then nobody who talks to it is to type. */
export function isMoving(thing: Pick<ThingView, 'moving' | 'signals'> | undefined, now: number): boolean {
  const latest = thing?.moving && thing.signals[thing.moving.signal]?.latest;
  return latest !== undefined && latest !== null && Number(latest.value) > thing!.moving!.above && now - latest.receivedAt < freshMs;
}
