import { stateWords } from '@wayside/web/state-words';
import { unitSign } from '@wayside/web/unit-signs';
import type { Locale, Value } from '../api/types.ts';
import type { Words } from './en.ts';
import { readable, type Units } from './units.ts';

const tag = { en: undefined, zh: 'zh-CN' } as const;

/** Intl objects are dear to make and readings come several times a second: each is made once. */
const made = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();
function once<T extends Intl.NumberFormat | Intl.DateTimeFormat>(key: string, make: () => T): T {
  let known = made.get(key) as T | undefined;
  if (!known) {
    known = make();
    made.set(key, known);
  }
  return known;
}

/** English keeps the reader's own region (en-GB, en-US …) when the browser speaks English at all. */
function tagOf(locale: Locale): string {
  const own = globalThis.navigator?.language ?? '';
  return locale === 'en' ? (own.startsWith('en') ? own : 'en-GB') : tag.zh;
}

/** A number with as many digits as can be read at a glance: 1,240 · 91.4 · 0.82. */
export function formatNumber(n: number, locale: Locale): string {
  const size = Math.abs(n);
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : 2;
  return once(`n ${locale} ${digits}`, () => new Intl.NumberFormat(tagOf(locale), { maximumFractionDigits: digits })).format(n);
}

/** A value of a signal, without its unit: numbers by region, truth as yes or no, states as people say them (`hot_water` → `hot water`). */
export function formatValue(value: Value, locale: Locale, words: Words): string {
  if (typeof value === 'number') return formatNumber(value, locale);
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  return stateWords(value, locale);
}

/** A value and the sign of its unit, for showing them apart. */
export function formatParts(
  value: Value,
  unit: string | undefined,
  locale: Locale,
  words: Words,
  units: Units = 'metric',
): { text: string; sign: string } {
  if (typeof value !== 'number') return { text: formatValue(value, locale, words), sign: '' };
  const read = readable(value, unit, units);
  return { text: formatNumber(read.n, locale), sign: unitSign(read.unit, locale) };
}

/** A value with its unit, as said in a sentence: `91.4 °C`, `45%`. */
export function formatReading(value: Value, unit: string | undefined, locale: Locale, words: Words, units: Units = 'metric'): string {
  const { text, sign } = formatParts(value, unit, locale, words, units);
  return sign ? `${text}${sign === '%' || sign === '°' ? '' : '\u202f'}${sign}` : text;
}

/** `06:05`, and where the clock has twelve hours `6:05 AM`. */
const hourOf = (locale: Locale) =>
  new Intl.DateTimeFormat(tagOf(locale), { hour: 'numeric' }).resolvedOptions().hour12 ? 'numeric' : '2-digit';

const sameDay = (a: number, b: number) => new Date(a).toDateString() === new Date(b).toDateString();

/** A moment in the local zone: the time alone today, with the date on another day. */
export function formatTime(at: number, now: number, locale: Locale): string {
  const today = sameDay(at, now);
  return once(
    `t ${locale} ${today}`,
    () =>
      new Intl.DateTimeFormat(tagOf(locale), {
        hour: hourOf(locale),
        minute: '2-digit',
        ...(today ? {} : { day: 'numeric', month: 'short' }),
      }),
  ).format(at);
}

/** A moment to the second, for charts and codes. */
export function formatInstant(at: number, locale: Locale): string {
  return once(
    `i ${locale}`,
    () => new Intl.DateTimeFormat(tagOf(locale), { hour: hourOf(locale), minute: '2-digit', second: '2-digit' }),
  ).format(at);
}

/** A size on disk, in decimal units as disks are sold: 12.4 GB. */
export function formatBytes(bytes: number, locale: Locale): string {
  const steps = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
  const step = bytes < 1 ? 0 : Math.min(steps.length - 1, Math.floor(Math.log10(bytes) / 3));
  return once(
    `b ${locale} ${step}`,
    () => new Intl.NumberFormat(tagOf(locale), { style: 'unit', unit: steps[step]!, maximumFractionDigits: step > 2 ? 1 : 0 }),
  ).format(bytes / 1000 ** step);
}

/** A probability as words and percent: `Probably · 74%`. */
export function formatProbability(p: number, locale: Locale, words: Words): string {
  const say = words.probability;
  const word = p >= 0.9 ? say.certain : p >= 0.65 ? say.likely : p >= 0.4 ? say.even : p >= 0.15 ? say.possible : say.unlikely;
  return `${word} · ${formatPercent(p, locale)}`;
}

/** 100% would be a promise no diagnosis can keep; nor does a listed cause have 0%. */
export function formatPercent(p: number, locale: Locale): string {
  const percent = once(`p ${locale}`, () => new Intl.NumberFormat(tagOf(locale), { style: 'percent', maximumFractionDigits: 0 }));
  return percent.format(Math.min(0.99, Math.max(0.01, p)));
}
