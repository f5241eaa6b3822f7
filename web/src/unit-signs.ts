/** A signal's unit as it is declared, in small letters → as people read it. Makers write the same one as `celsius`, `Celsius` and `degC`. */
const signs: Record<string, string> = {
  celsius: '°C',
  degc: '°C',
  'degree celsius': '°C',
  fahrenheit: '°F',
  kelvin: 'K',
  percent: '%',
  degree: '°',
  degrees: '°',
  kmh: 'km/h',
  'km/h': 'km/h',
  mps: 'm/s',
  kpa: 'kPa',
  kilopascal: 'kPa',
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

/** Signs that are words in Chinese. The others are the same there: dashboards show km/h. */
const inChinese: Record<string, string> = { rpm: '转/分', s: '秒', min: '分钟', h: '小时' };

/** The sign of a declared unit, as it is written after a number: `celsius` → `°C`. Empty when there is none; a unit that is not known stays as it came. */
export function unitSign(unit: string | undefined, locale: 'en' | 'zh'): string {
  if (!unit) return '';
  const sign = signs[unit.toLowerCase()] ?? unit;
  return locale === 'zh' ? (inChinese[sign] ?? sign) : sign;
}
