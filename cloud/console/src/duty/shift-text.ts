/** One stretch of a shift: on which days (0 is Monday), from when to when. */
export type Stretch = { days: number[]; from: string; to: string };

const names = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** The hours as the hub writes them, such as `Mon-Fri 08:00-18:00; Sat 09:00-13:00`, as stretches. What cannot be read is left out. */
export function stretchesOf(hours: string): Stretch[] {
  return hours.split(';').flatMap((part) => {
    const match = /^\s*([a-z]{3})(?:\s*-\s*([a-z]{3}))?\s+(\d\d:\d\d)\s*-\s*(\d\d:\d\d)\s*$/i.exec(part);
    const at = (name: string | undefined) => names.findIndex((each) => each.toLowerCase() === name?.toLowerCase());
    const [first, last] = [at(match?.[1]), at(match?.[2] ?? match?.[1])];
    if (!match || first < 0 || last < 0) return [];
    const days = Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, i) => (first + i) % 7).sort();
    return [{ days, from: match[3]!, to: match[4]! }];
  });
}

/** The stretches as the hub reads them: neighbouring days as a span. A stretch without days says nothing. */
export const hoursOf = (stretches: readonly Stretch[]): string =>
  stretches
    .flatMap(({ days, from, to }) =>
      spansOf(days).map(([first, last]) => `${names[first]}${last === first ? '' : `-${names[last]}`} ${from}-${to}`),
    )
    .join('; ');

function spansOf(days: readonly number[]): [number, number][] {
  const spans: [number, number][] = [];
  for (const day of [...days].sort()) {
    const last = spans.at(-1);
    if (last && last[1] === day - 1) last[1] = day;
    else spans.push([day, day]);
  }
  return spans;
}
