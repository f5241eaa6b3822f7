import type { Locale } from '@wayside/protocol';

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const dayMs = 86_400_000;

/**
 * A moment that is over, on the clock of this place: "13:05", "13:05 yesterday", "13:05 on 12 November". By hand, since `Intl` loads some megabytes
 * of calendars for it.
 * @param at epoch ms
 */
export function clockWords(at: number, now: number, locale: Locale): string {
  const date = new Date(at);
  const time = `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`;
  if (daysBefore(at, now) === 0) return time;
  return locale === 'zh' ? `${dayWords(at, now, locale)} ${time}` : `${time} ${dayWords(at, now, locale)}`;
}

/** The day of a moment that is over: "today", "yesterday", "on 12 November". */
export function dayWords(at: number, now: number, locale: Locale): string {
  const before = daysBefore(at, now);
  if (before === 0) return locale === 'zh' ? '今天' : 'today';
  if (before === 1) return locale === 'zh' ? '昨天' : 'yesterday';
  const date = new Date(at);
  const year = date.getFullYear() === new Date(now).getFullYear() ? undefined : date.getFullYear();
  if (locale === 'zh') return `${year === undefined ? '' : `${year} 年 `}${date.getMonth() + 1} 月 ${date.getDate()} 日`;
  return `on ${date.getDate()} ${months[date.getMonth()]}${year === undefined ? '' : ` ${year}`}`;
}

/** Whole days by the calendar: a day in which the clocks were changed counts as one. */
const daysBefore = (at: number, now: number) =>
  Math.round((new Date(now).setHours(0, 0, 0, 0) - new Date(at).setHours(0, 0, 0, 0)) / dayMs);

/** A span as people say it: 45 seconds, 2 minutes, 3 hours, 4 days. */
export function spanWords(ms: number, locale: Locale): string {
  const [n, one, zh] =
    ms < 90_000
      ? [Math.round(ms / 1_000), 'second', '秒']
      : ms < 5_400_000
        ? [Math.round(ms / 60_000), 'minute', '分钟']
        : ms < 2 * dayMs
          ? [Math.round(ms / 3_600_000), 'hour', '小时']
          : [Math.round(ms / dayMs), 'day', '天'];
  return locale === 'zh' ? `${n} ${zh}` : `${n} ${one}${n === 1 ? '' : 's'}`;
}
