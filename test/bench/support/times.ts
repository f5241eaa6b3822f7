/** How long a machine has lived when its person leaves, ms since 1970: all that can be told of its past lies in it. */
export type Lived = { from: number; until: number };

const minute = 60_000;
const units: readonly [RegExp, number][] = [
  [/^(m|分)/i, minute],
  [/^(h|小)/i, 60 * minute],
  [/^(d|天)/i, 24 * 60 * minute],
];
const clock = /(?<!\d)(\d{1,2})(?:[:：](\d{2})|\s?点(?:\s?(\d{1,2})\s?分)?)(?!\d)/g;
const ago = /(\d+(?:\.\d+)?)\s?(?:个)?(min(?:ute)?s?|hours?|h|days?|分钟|小时|天)\s?(?:ago\b|前)/gi;
const dayForms: readonly [string, Intl.DateTimeFormatOptions][] = ['en-GB', 'en-US', 'zh-CN', 'sv-SE'].flatMap((locale) =>
  (['long', 'short', 'numeric'] as const).flatMap((month): [string, Intl.DateTimeFormatOptions][] => [
    [locale, { year: 'numeric', month, day: 'numeric' }],
    [locale, { month, day: 'numeric' }],
  ]),
);

/** What was said without the days and times of day that lie in what the machine has lived, and without "N hours ago" that do; others stay. */
export function withoutTimes(text: string, { from, until }: Lived): string {
  const days = Array.from({ length: Math.ceil((until - from) / (24 * 60 * minute)) + 1 }, (_, n) => new Date(until - n * 24 * 60 * minute));
  const dates = days.flatMap((day) => dayForms.map(([locale, form]) => day.toLocaleDateString(locale, form)));
  const undated = dates.reduce((left, date) => left.replaceAll(date, ''), text);
  const lived = (hours: number, minutes: number) =>
    days.some((day) => {
      const at = new Date(day).setHours(hours, minutes, 0, 0);
      return at >= from - minute && at <= until;
    });
  return undated
    .replace(clock, (said, hours, minutes, after) => (lived(Number(hours), Number(minutes ?? after ?? 0)) ? '' : said))
    .replace(ago, (said, many, unit) => {
      const ms = units.find(([is]) => is.test(unit))![1];
      return Number(many) * ms <= until - from + ms ? '' : said;
    });
}
