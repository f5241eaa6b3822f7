/**
 * The chance that a healthy signal departs at least this many times as far as usual, either way: the tail of Student's t with eight
 * degrees of freedom in closed form (Abramowitz and Stegun 26.7.4). Departures of a healthy car, once it had learned from all its
 * ways of driving, had such a tail; normal ones would have called them much too rare.
 */
export function chanceOf(departure: number): number {
  const angle = Math.atan(Math.abs(departure) / Math.sqrt(8));
  const c = Math.cos(angle) ** 2;
  return Math.max(0, 1 - Math.sin(angle) * (1 + c * (1 / 2 + c * (3 / 8 + (c * 5) / 16))));
}
