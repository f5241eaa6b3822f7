import { type Desk, deskAt, desk as deskSchema } from '@wayside/contract';
import type { Locale } from '@wayside/protocol';
import type { Db } from '../store/schema.ts';

export type DeskRoom = {
  /** What the hub said last of its hours and its queue; kept, so that it is known with no network, too. */
  learn(desk: Desk): Promise<void>;
  /** What is to be said of it beside a handoff, if anything. */
  note(locale: Locale, about: About): string | undefined;
  /** What is agreed with the customer of this site, as the hub said last. */
  customer(): Desk['customer'];
};

type About = {
  /** What is safe until somebody comes, and what is said anyway: it is not said twice. */
  safety: string | undefined;
  said: string;
  /** In danger nobody is told to wait. */
  emergency: boolean;
};

const key = 'desk';
/** A queue is no news after a minute. */
const queueFreshMs = 60_000;

/**
 * What this edge knows of who is there to help.
 * @param zone the time zone in which people here read a clock; the system's own when none is given (to ask for its name would load 6 MB of calendars)
 */
export function createDesk(db: Db, now: () => number, zone?: string) {
  let known: Desk | undefined;
  return {
    async load(): Promise<void> {
      const row = await db.selectFrom('meta').select('value').where('key', '=', key).executeTakeFirst();
      known = row && deskSchema.safeParse(JSON.parse(row.value)).data;
    },
    async learn(desk: Desk): Promise<void> {
      const lasting = (one: Desk) => JSON.stringify([one.zone, one.hours, one.customer]);
      const changed = !known || lasting(known) !== lasting(desk);
      known = desk;
      if (!changed) return;
      const value = JSON.stringify(desk);
      await db
        .insertInto('meta')
        .values({ key, value })
        .onConflict((c) => c.column('key').doUpdateSet({ value }))
        .execute();
    },
    customer: () => known?.customer,
    note: (locale: Locale, about: About) => (known ? noteOf(known, now(), zone, locale, about) : undefined),
  };
}

/** Nobody on shift: when somebody is, on the clock of this place, and what is safe until then. Somebody: how many are before. */
export function noteOf(
  desk: Desk,
  now: number,
  zone: string | undefined,
  locale: Locale,
  { safety, said, emergency }: About,
): string | undefined {
  const { open, opensAt } = deskAt(desk, now);
  const zh = locale === 'zh';
  if (open) {
    if (desk.waiting === 0 || now - desk.at > queueFreshMs || emergency) return undefined;
    if (zh) return `前面还有 ${desk.waiting} 位在等。`;
    return desk.waiting === 1 ? 'One request is before yours.' : `${desk.waiting} requests are before yours.`;
  }
  const when = opensAt === undefined ? undefined : clockOf(opensAt, now, zone, locale);
  const nobody = zh
    ? when
      ? `${when}之前没有技术员值班。`
      : '近期没有技术员值班。'
    : when
      ? `Nobody is on shift before ${when}.`
      : 'Nobody is on shift in the coming days.';
  if (emergency) return zh ? `${nobody}请不要等，照上面说的做。` : `${nobody} Do not wait for them; do as said above.`;
  if (safety && !said.includes(safety)) return zh ? `${nobody}在此之前：${safety}` : `${nobody} Until then: ${safety}`;
  return nobody;
}

/** "08:00", "08:00 tomorrow" or "08:00 on Monday", as a clock in this place shows it. */
function clockOf(at: number, now: number, zone: string | undefined, locale: Locale): string {
  const tag = locale === 'zh' ? 'zh-CN' : 'en-GB';
  const say = (moment: number, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(tag, { timeZone: zone, hourCycle: 'h23', ...options }).format(moment);
  const day = (moment: number) => new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(moment);
  const time = say(at, { hour: '2-digit', minute: '2-digit' });
  if (day(at) === day(now)) return time;
  const tomorrow = day(at) === day(now + 86_400_000);
  const weekday = say(at, { weekday: 'long' });
  if (locale === 'zh') return `${tomorrow ? '明天' : weekday} ${time} `;
  return `${time} ${tomorrow ? 'tomorrow' : `on ${weekday}`}`;
}
