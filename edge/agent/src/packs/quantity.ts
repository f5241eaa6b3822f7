import { conversion, type Locale, type Value } from '@wayside/protocol';
import { stateWords } from '@wayside/web/state-words';

/** Unit names of VSS and of our packs, as people read them. */
const symbols: Record<string, string | Record<Locale, string>> = {
  celsius: '°C',
  fahrenheit: '°F',
  percent: '%',
  degrees: '°',
  degree: '°',
  rpm: { en: 'rpm', zh: '转/分' },
  volt: 'V',
  ampere: 'A',
  watt: 'W',
  'l/min': 'L/min',
  ratio: '',
};

export type Units = 'metric' | 'us';

/** What somebody who thinks in US customary units wants each of ours in. A kelvin is always a difference here, and has no zero to move. */
const customary: Record<string, string> = {
  celsius: '°F',
  'km/h': 'mph',
  km: 'mi',
  mm: 'in',
  'mm/s': 'in/s',
  kpa: 'psi',
  bar: 'psi',
  'l/min': 'gal/min',
};

/** A number in the units that are asked for, with the unit it is then in. */
export function inUnits(value: number, unit: string | undefined, units: Units): { value: number; unit: string | undefined } {
  if (units === 'metric' || unit === undefined) return { value, unit };
  if (unit === 'K') return { value: value * 1.8, unit: '°F' };
  if (unit === 'm') return Math.abs(value) >= 1_609 ? { value: value / 1_609.344, unit: 'mi' } : { value: value / 0.3048, unit: 'ft' };
  const wanted = customary[unit.toLowerCase()];
  const to = wanted === undefined ? undefined : conversion(unit, wanted);
  return to && wanted !== undefined ? { value: to(value), unit: wanted } : { value, unit };
}

/** A value with its unit, rounded to what can be read at arm's length: 112 °C, 13.8 V, 0.35 bar; yes and no for booleans. */
export function quantity(given: Value, declared: string | undefined, locale: Locale, units: Units = 'metric'): string {
  if (typeof given === 'boolean') return locale === 'zh' ? (given ? '是' : '否') : given ? 'yes' : 'no';
  if (typeof given === 'string') return stateWords(given, locale);
  const { value, unit } = inUnits(given, declared, units);
  // Nobody reads a distance of tens of thousands of metres.
  if (unit === 'm' && Math.abs(value) >= 10_000) return `${thousands(Math.round(value / 1000))} ${locale === 'zh' ? '公里' : 'km'}`;
  const size = Math.abs(value);
  const rounded = String(Number(value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2)));
  const known = unit === undefined ? '' : (symbols[unit.toLowerCase()] ?? unit);
  const symbol = typeof known === 'string' ? known : known[locale];
  if (symbol === '') return rounded;
  return symbol === '%' || symbol === '°' ? `${rounded}${symbol}` : `${rounded} ${symbol}`;
}

/** 128450 as 128,450, which is how both our languages write it. `toLocaleString` would load 7 MB of all the others. */
const thousands = (whole: number) => String(whole).replace(/\B(?=(?:\d{3})+$)/g, ',');
