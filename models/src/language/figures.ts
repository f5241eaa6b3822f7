import { normalise } from './words.ts';

/** Every spelling of a unit we compare, by the one name we compare it under. SI symbols first (BIPM, The SI Brochure, 9th ed.). */
const unitSpellings: Record<string, string[]> = {
  '%': ['%', 'percent', 'per cent'],
  '°c': ['°c', 'degrees celsius', 'degree celsius', 'celsius', '摄氏度'],
  '°f': ['°f', 'degrees fahrenheit', 'fahrenheit', '华氏度'],
  '°': ['°', 'degrees', 'degree', '度'],
  v: ['v', 'volts', 'volt', '伏特', '伏'],
  a: ['a', 'amps', 'amp', 'amperes', 'ampere', '安培', '安'],
  w: ['w', 'watts', 'watt', '瓦特', '瓦'],
  kw: ['kw', 'kilowatts', 'kilowatt', '千瓦'],
  kwh: ['kwh', '千瓦时', '度电'],
  hz: ['hz', 'hertz', '赫兹', '赫'],
  bar: ['bar', '巴'],
  kpa: ['kpa', '千帕'],
  mpa: ['mpa', '兆帕'],
  pa: ['pa', '帕'],
  psi: ['psi', '磅/平方英寸'],
  rpm: ['rpm', 'r/min', 'revolutions per minute', '转/分钟', '转/分', '转每分钟', '转每分'],
  'km/h': ['km/h', 'kph', '公里/小时', '千米/小时', '公里每小时'],
  mph: ['mph', '英里/小时'],
  km: ['km', 'kilometres', 'kilometers', 'kilometre', '公里', '千米'],
  mile: ['miles', 'mile', '英里'],
  m: ['m', 'metres', 'meters', 'metre', 'meter', '米'],
  cm: ['cm', '厘米'],
  mm: ['mm', 'millimetres', 'millimeters', '毫米'],
  'mm/s': ['mm/s', '毫米/秒', '毫米每秒'],
  'l/min': ['l/min', '升/分钟', '升/分', '升每分钟'],
  'm³/h': ['m3/h', 'm³/h', '立方米/小时', '立方米每小时'],
  l: ['l', 'litres', 'liters', 'litre', 'liter', '升'],
  kg: ['kg', 'kilograms', '千克', '公斤'],
  g: ['g', 'grams', '克'],
  nm: ['nm', 'newton metres', '牛米', '牛·米'],
  ms: ['ms', 'milliseconds', '毫秒'],
  s: ['s', 'seconds', 'second', 'sec', '秒钟', '秒'],
  min: ['min', 'minutes', 'minute', 'mins', '分钟'],
  h: ['h', 'hours', 'hour', 'hrs', '个小时', '小时'],
  day: ['days', 'day', '天'],
  week: ['weeks', 'week', '周', '个星期', '星期'],
  month: ['months', 'month', '个月'],
  year: ['years', 'year', '年'],
};

const unitOf = new Map(
  Object.entries(unitSpellings).flatMap(([unit, spellings]) => spellings.map((spelling) => [spelling, unit] as const)),
);
const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
/** Longest spelling first, so `m` never wins over `mm`; a Latin unit must end where the word ends. */
const unitPattern = [...unitOf.keys()]
  .sort((a, b) => b.length - a.length)
  .map((spelling) => literal(spelling) + (/[a-z]$/.test(spelling) ? '(?![a-z])' : ''))
  .join('|');
const numberPattern = new RegExp(`(?<![a-z\\d.])(-)?(\\d+(?:\\.\\d+)?)(?![\\d])(?:[ -]?(${unitPattern}))?`, 'g');

/** `one` and `一` are left out: both are far more often a pronoun or an article than a count. */
const numberWords = ['two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
const numberHan: Record<string, number> = { 两: 2, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9, 十: 10 };

/** A number with the unit it was written with, if it was one we know; `12.50 V` and `12.5 volts` come out the same. */
export type Figure = { number: string; unit: string | undefined };

/** The numbers of a text, digits and the small number words alike. */
export function figures(text: string): Figure[] {
  const digits = normalise(text)
    .replace(new RegExp(`\\b(${numberWords.join('|')})\\b`, 'g'), (word) => String(numberWords.indexOf(word) + 2))
    .replace(/百分之(\d+(?:\.\d+)?)/g, '$1%')
    .replace(/(?<![零一二三四五六七八九十百千])[两二三四五六七八九十](?=[个次分秒小天月年度米升根颗步倍条台])/gu, (han) =>
      String(numberHan[han]),
    );
  return [...digits.matchAll(numberPattern)].map((match) => ({
    number: String(Number(`${match[1] ?? ''}${match[2]}`)),
    unit: match[3] === undefined ? undefined : unitOf.get(match[3]),
  }));
}

/** Codes: letters and digits in one word, such as the DTC `P0301` (SAE J2012), the refrigerant `R290` or the alarm `E-04`. */
export function codes(text: string): string[] {
  return [...normalise(text).matchAll(/(?<![a-z\d])[a-z]{1,4}-?\d[a-z\d-]*/g)].map((match) => match[0].replaceAll('-', ''));
}
