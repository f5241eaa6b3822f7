import type { Locale } from '../api/types.ts';

/** A signal's unit as it is declared → as people read it. A unit that is not here is shown as it came. */
const signs: Record<string, string> = {
  celsius: '°C',
  fahrenheit: '°F',
  kelvin: 'K',
  percent: '%',
  degree: '°',
  degrees: '°',
  kmh: 'km/h',
  'km/h': 'km/h',
  mps: 'm/s',
  kpa: 'kPa',
  pa: 'Pa',
  hpa: 'hPa',
  bar: 'bar',
  mbar: 'mbar',
  volt: 'V',
  volts: 'V',
  millivolt: 'mV',
  ampere: 'A',
  amperes: 'A',
  watt: 'W',
  kilowatt: 'kW',
  kilowatthour: 'kWh',
  hertz: 'Hz',
  metre: 'm',
  kilometre: 'km',
  litre: 'L',
  l: 'L',
  'l/h': 'L/h',
  'l/min': 'L/min',
  'm3/h': 'm³/h',
  m3: 'm³',
  'm/s2': 'm/s²',
  seconds: 's',
  minutes: 'min',
  hours: 'h',
  ratio: '',
  none: '',
};

const inChinese: Record<string, string> = { rpm: '转/分', s: '秒', min: '分钟', h: '小时' };

/** A long way is read in kilometres: an odometer counts metres. */
const longWay = 10_000;

/** A number in the unit people read it in, with that unit. */
export function readable(n: number, unit: string | undefined): { n: number; unit: string | undefined } {
  return unit === 'm' && Math.abs(n) >= longWay ? { n: n / 1000, unit: 'km' } : { n, unit };
}

/** The sign of a declared unit: `celsius` → `°C`; empty when there is none. */
export function unitSign(unit: string | undefined, locale: Locale): string {
  if (!unit) return '';
  const sign = signs[unit.toLowerCase()] ?? unit;
  return locale === 'zh' ? (inChinese[sign] ?? sign) : sign;
}
