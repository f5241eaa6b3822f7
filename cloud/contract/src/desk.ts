import { z } from 'zod';

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time is HH:MM');

/** When technicians are there, in the desk's own time zone, and how many wait. Without hours they are there at any time. */
export const desk = z.object({
  /** When the hub said so, epoch ms. */
  at: z.int().nonnegative(),
  /** IANA name. */
  zone: z.string().max(60),
  /** Weekdays from 1 (Monday) to 7 (ISO 8601). `to` at or before `from` is on the next day. */
  hours: z.array(z.object({ days: z.array(z.int().min(1).max(7)).min(1).max(7), from: clock, to: clock })).max(20),
  /** Cases that nobody has answered yet. */
  waiting: z.int().nonnegative(),
  /** What is agreed with this customer: 0 to 1, how it is called, and where that is written. Absent where nothing is. */
  customer: z.object({ value: z.number().min(0).max(1), tier: z.string().min(1).max(60), source: z.string().min(1).max(120) }).optional(),
});
export type Desk = z.infer<typeof desk>;

export const deskExample: Desk = {
  at: 1_795_341_600_000,
  zone: 'Europe/Berlin',
  hours: [{ days: [1, 2, 3, 4, 5], from: '08:00', to: '18:00' }],
  waiting: 2,
};

export type DeskHours = Pick<Desk, 'zone' | 'hours'>;

/**
 * Is somebody there at a moment, and if not, when will they be? Epoch ms in and out; right over changes of summer time, because each opening is
 * placed on the wall clock of the desk's zone on its own day.
 * @returns `opensAt` is absent when there is no opening within eight days; `closesAt` when the desk never closes
 */
export function deskAt({ zone, hours }: DeskHours, now: number): { open: boolean; opensAt?: number; closesAt?: number } {
  if (hours.length === 0) return { open: true };
  const openings: number[] = [];
  for (let day = -1; day <= 8; day++) {
    const { year, month, date, weekday } = wallClock(now + day * 86_400_000, zone);
    for (const { days, from, to } of hours) {
      if (!days.includes(weekday)) continue;
      const begins = instantOf(year, month, date, from, zone);
      const ends = instantOf(year, month, to > from ? date : date + 1, to, zone);
      if (now >= begins && now < ends) return { open: true, closesAt: ends };
      if (begins > now) openings.push(begins);
    }
  }
  return openings.length > 0 ? { open: false, opensAt: Math.min(...openings) } : { open: false };
}

/** How many times the desk may open before a promise is due: more than two years of days. */
const mostOpenings = 1_000;

/**
 * The moment at which the desk will have been open for `ms` since `from`: nights and weekends do not count. Where it hardly ever opens they
 * do, so that a promise is always due at some time.
 */
export function afterOpenTime(desk: DeskHours, from: number, ms: number): number {
  let [at, left] = [from, ms];
  for (let n = 0; n < 2 * mostOpenings; n++) {
    const { open, opensAt, closesAt } = deskAt(desk, at);
    if (!open && opensAt === undefined) return at + left;
    if (!open) at = opensAt!;
    else if (closesAt === undefined || at + left <= closesAt) return at + left;
    else [at, left] = [closesAt, left - (closesAt - at)];
  }
  return at + left;
}

/** A wall-clock time of a zone as an instant. The offset is looked up twice: the first guess may lie on the other side of a change. */
function instantOf(year: number, month: number, date: number, time: string, zone: string): number {
  const [hour, minute] = time.split(':').map(Number) as [number, number];
  const wall = Date.UTC(year, month - 1, date, hour, minute);
  const guess = wall - offsetAt(wall, zone);
  return wall - offsetAt(guess, zone);
}

function offsetAt(at: number, zone: string): number {
  const { year, month, date, hour, minute, second } = wallClock(at, zone);
  return Date.UTC(year, month - 1, date, hour, minute, second) - Math.floor(at / 1000) * 1000;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function wallClock(at: number, zone: string) {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  formats.set(zone, format);
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)])) as Record<string, number>;
  const [year, month, date] = [part.year!, part.month!, part.day!];
  const weekday = new Date(Date.UTC(year, month - 1, date)).getUTCDay() || 7;
  return { year, month, date, hour: part.hour!, minute: part.minute!, second: part.second!, weekday };
}
