import type { Policy } from '@wayside/packs';
import type { TalkedAbout } from '../respond-types.ts';

/** A speed that was read longer ago than this says nothing of now, ms. */
const freshMs = 15_000;

/**
 * How many entries a list may have while the thing moves, by its family's policy; undefined while it stands, or nothing says that it moves.
 * @param now epoch ms
 */
export function shortList({ moving }: Policy, thing: Pick<TalkedAbout, 'latest'> | undefined, now: number): number | undefined {
  const reading = moving && thing?.latest(moving.signal);
  if (!reading || typeof reading.value !== 'number' || now - reading.receivedAt > freshMs) return undefined;
  return reading.value > moving.above ? moving.list : undefined;
}
