/** Eight in the morning, `days` after the day of `now`, on this computer's clock: right over changes of summer time. */
export function morning(now: number, days: number): number {
  const day = new Date(now);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + days, 8).getTime();
}
