import type { Locale, Value } from '@wayside/protocol';

/** Unit names of VSS and of our packs, as people read them. */
const symbols: Record<string, string | Record<Locale, string>> = {
  celsius: '°C',
  fahrenheit: '°F',
  percent: '%',
  degrees: '°',
  degree: '°',
  rpm: { en: 'rpm', zh: '转/分' },
  'km/h': { en: 'km/h', zh: '公里/小时' },
  volt: 'V',
  ampere: 'A',
  watt: 'W',
  ratio: '',
};

/** A value with its unit, rounded to what can be read at arm's length: 112 °C, 13.8 V, 0.35 bar; yes and no for booleans. */
export function quantity(value: Value, unit: string | undefined, locale: Locale): string {
  if (typeof value === 'boolean') return locale === 'zh' ? (value ? '是' : '否') : value ? 'yes' : 'no';
  if (typeof value === 'string') return value.replace(/_/g, ' ');
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
