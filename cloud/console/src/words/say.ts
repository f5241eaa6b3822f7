import { unitSign } from '@wayside/web/unit-signs';
import type { Locale } from '../api/types.ts';

/** How values and times are written. Times are the technician's local time, 24 hours. */

const tag = { en: 'en-GB', zh: 'zh-CN' } as const;
const cache = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: Locale, kind: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${kind}`;
  const made = cache.get(key) ?? new Intl.DateTimeFormat(tag[locale], { hourCycle: 'h23', ...options });
  cache.set(key, made);
  return made;
}

/** `10:04`, or with seconds `10:04:31`. @param at epoch ms */
export function sayTime(at: number, locale: Locale, seconds = false): string {
  return formatter(locale, seconds ? 'hms' : 'hm', {
    hour: '2-digit',
    minute: '2-digit',
    ...(seconds ? { second: '2-digit' } : {}),
  }).format(at);
}

/** The time when it was less than 18 hours before `now` or is on the same day, else the day and time. Both epoch ms. */
export function sayWhen(at: number, now: number, locale: Locale): string {
  // What is yet to come is read by people who plan: 08:00 of tomorrow is not today's.
  if (at <= now ? now - at < 18 * 3_600_000 : new Date(at).toDateString() === new Date(now).toDateString()) return sayTime(at, locale);
  return formatter(locale, 'day', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }).format(at);
}

/** A moment in full, with the clock it is told by, for whoever works on another one than its reader: `Fri, 28 Nov 2025, 08:00 GMT+1`. */
export const sayMoment = (at: number, locale: Locale): string =>
  formatter(locale, 'moment', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(at);

const units = {
  en: { d: 'd', h: 'h', m: 'min', s: 's' },
  zh: { d: '天', h: '小时', m: '分', s: '秒' },
} as const;

/** A span with its two largest parts: `45 s`, `4 min 05 s`, `2 h 10 min`, `3 d 4 h`. @param ms below zero counts as zero */
export function saySpan(ms: number, locale: Locale): string {
  const total = Math.max(0, Math.floor(ms / 1000));
  const [d, h, m, s] = [Math.floor(total / 86_400), Math.floor(total / 3600) % 24, Math.floor(total / 60) % 60, total % 60];
  const unit = units[locale];
  const two = (n: number) => String(n).padStart(2, '0');
  if (d > 0) return `${d} ${unit.d} ${h} ${unit.h}`;
  if (h > 0) return `${h} ${unit.h} ${two(m)} ${unit.m}`;
  if (m > 0) return `${m} ${unit.m} ${two(s)} ${unit.s}`;
  return `${s} ${unit.s}`;
}

/** A span with its largest part only: `4 min`. For “… ago”, where a ticking second part is noise and the clock moves by the minute. */
export function sayAbout(ms: number, locale: Locale): string {
  if (ms < 60_000) return locale === 'zh' ? '不到 1 分钟' : 'less than 1 min';
  return saySpan(ms, locale).split(' ').slice(0, 2).join(' ');
}

/** A signal's value for people: four significant digits at most, its unit after a thin space. */
export function sayValue(value: number | boolean | string, unit: string | undefined, locale: Locale): string {
  if (typeof value === 'boolean') return locale === 'zh' ? (value ? '是' : '否') : value ? 'yes' : 'no';
  if (typeof value === 'string') return value;
  // VSS counts odometers in metres; nobody reads them so.
  if (unit === 'm' && Math.abs(value) >= 10_000) return sayValue(Math.round(value / 1000), 'km', locale);
  const digits = Math.abs(value) >= 1000 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 4 };
  const text = new Intl.NumberFormat(tag[locale], digits).format(value);
  const sign = unitSign(unit, locale);
  return sign === '' ? text : sign === '%' ? `${text}%` : `${text} ${sign}`;
}

/** A probability as whole percent. Only certainty is written 0% or 100%. */
export function sayPercent(share: number): string {
  const percent = Math.round(share * 100);
  if (percent === 100 && share < 1) return '99%';
  return percent === 0 && share > 0 ? '1%' : `${percent}%`;
}

/** The readable end of a signal path or id: `Vehicle.Powertrain.CombustionEngine.ECT` → `ECT`, `supply_temperature` → `supply temperature`. */
export function sayName(name: string): string {
  const last = name.split('.').at(-1) ?? name;
  return last.replaceAll(/[_-]+/g, ' ').replaceAll(/([a-z])([A-Z])/g, '$1 $2');
}

/** An edge that was given no name of its own by the last signs of its id, as a technician reads it out: `edge …AZPDP`. */
export const sayEdge = (edge: string): string => edge.replace(/^edge_[0-9A-Z]{20}([0-9A-Z]{6})$/, 'edge …$1');
