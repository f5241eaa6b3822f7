/** How a unit is said: in English for one and for many of it, in Chinese around the number. */
export type Unit = { en: readonly [one: string, many: string]; zh: string };

const same = (en: string, zh: string): Unit => ({ en: [en, en], zh });
const plain = (one: string, zh: string): Unit => ({ en: [one, `${one}s`], zh });

/** By their symbols (SI brochure, 9th edition, and what stands on gauges); `{n}` is the number. */
const units: Record<string, Unit> = {
  '°C': { en: ['degree', 'degrees'], zh: '{n}度' },
  '°F': { en: ['degree Fahrenheit', 'degrees Fahrenheit'], zh: '华氏{n}度' },
  '°': { en: ['degree', 'degrees'], zh: '{n}度' },
  '%': same('percent', '百分之{n}'),
  '‰': same('per mille', '千分之{n}'),
  K: same('kelvin', '{n}开'),
  bar: same('bar', '{n}巴'),
  mbar: same('millibar', '{n}毫巴'),
  Pa: plain('pascal', '{n}帕'),
  hPa: plain('hectopascal', '{n}百帕'),
  kPa: plain('kilopascal', '{n}千帕'),
  MPa: plain('megapascal', '{n}兆帕'),
  psi: same('P S I', '{n} P S I'),
  V: plain('volt', '{n}伏'),
  mV: plain('millivolt', '{n}毫伏'),
  kV: plain('kilovolt', '{n}千伏'),
  A: plain('amp', '{n}安'),
  mA: plain('milliamp', '{n}毫安'),
  Ah: plain('amp hour', '{n}安时'),
  mAh: plain('milliamp hour', '{n}毫安时'),
  W: plain('watt', '{n}瓦'),
  kW: plain('kilowatt', '{n}千瓦'),
  MW: plain('megawatt', '{n}兆瓦'),
  VA: plain('volt amp', '{n}伏安'),
  Wh: plain('watt hour', '{n}瓦时'),
  kWh: plain('kilowatt hour', '{n}千瓦时'),
  MWh: plain('megawatt hour', '{n}兆瓦时'),
  J: plain('joule', '{n}焦'),
  kJ: plain('kilojoule', '{n}千焦'),
  MJ: plain('megajoule', '{n}兆焦'),
  Hz: same('hertz', '{n}赫兹'),
  kHz: same('kilohertz', '{n}千赫兹'),
  MHz: same('megahertz', '{n}兆赫兹'),
  GHz: same('gigahertz', '{n}吉赫兹'),
  Ω: plain('ohm', '{n}欧姆'),
  kΩ: plain('kilohm', '{n}千欧'),
  MΩ: plain('megohm', '{n}兆欧'),
  km: plain('kilometer', '{n}公里'),
  m: plain('meter', '{n}米'),
  cm: plain('centimeter', '{n}厘米'),
  mm: plain('millimeter', '{n}毫米'),
  µm: plain('micrometer', '{n}微米'),
  mi: plain('mile', '{n}英里'),
  ft: { en: ['foot', 'feet'], zh: '{n}英尺' },
  '″': { en: ['inch', 'inches'], zh: '{n}英寸' },
  'm²': plain('square meter', '{n}平方米'),
  'm³': plain('cubic meter', '{n}立方米'),
  'cm³': plain('cubic centimeter', '{n}立方厘米'),
  'mm²': plain('square millimeter', '{n}平方毫米'),
  L: plain('liter', '{n}升'),
  mL: plain('milliliter', '{n}毫升'),
  gal: plain('gallon', '{n}加仑'),
  kg: plain('kilogram', '{n}公斤'),
  g: plain('gram', '{n}克'),
  mg: plain('milligram', '{n}毫克'),
  µg: plain('microgram', '{n}微克'),
  t: plain('ton', '{n}吨'),
  lb: plain('pound', '{n}磅'),
  Nm: plain('newton meter', '{n}牛米'),
  N: plain('newton', '{n}牛'),
  kN: plain('kilonewton', '{n}千牛'),
  h: plain('hour', '{n}小时'),
  min: plain('minute', '{n}分钟'),
  s: plain('second', '{n}秒'),
  ms: plain('millisecond', '{n}毫秒'),
  µs: plain('microsecond', '{n}微秒'),
  d: plain('day', '{n}天'),
  rpm: same('R P M', '每分钟{n}转'),
  'r/min': same('R P M', '每分钟{n}转'),
  mph: { en: ['mile per hour', 'miles per hour'], zh: '每小时{n}英里' },
  mpg: { en: ['mile per gallon', 'miles per gallon'], zh: '每加仑{n}英里' },
  dB: plain('decibel', '{n}分贝'),
  lx: same('lux', '{n}勒克斯'),
  ppm: same('parts per million', '百万分之{n}'),
  ppb: same('parts per billion', '十亿分之{n}'),
  GB: plain('gigabyte', '{n} G B'),
  MB: plain('megabyte', '{n}兆字节'),
  kB: plain('kilobyte', '{n}千字节'),
  '€': plain('euro', '{n}欧元'),
  $: plain('dollar', '{n}美元'),
  '£': plain('pound', '{n}英镑'),
  '¥': same('yuan', '{n}元'),
  '×': same('times', '{n}倍'),
};
/** The same unit as others write it. */
const otherNames: Record<string, string> = {
  '℃': '°C',
  '℉': '°F',
  º: '°',
  '％': '%',
  μm: 'µm',
  um: 'µm',
  μg: 'µg',
  μs: 'µs',
  us: 'µs',
  l: 'L',
  ml: 'mL',
  kmh: 'km/h',
  kph: 'km/h',
  N·m: 'Nm',
  'N m': 'Nm',
  ohm: 'Ω',
  Ohm: 'Ω',
  Ω: 'Ω',
  m2: 'm²',
  m3: 'm³',
  cm3: 'cm³',
  mm2: 'mm²',
  hr: 'h',
  hrs: 'h',
  mins: 'min',
  sec: 's',
  RPM: 'rpm',
  'U/min': 'rpm',
  'dB(A)': 'dB',
  dBA: 'dB',
  PSI: 'psi',
  'l/100km': 'L/100 km',
  'L/100km': 'L/100 km',
  'l/100 km': 'L/100 km',
  x: '×',
};

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
const names = [...Object.keys(units), ...Object.keys(otherNames)]
  .sort((a, b) => b.length - a.length)
  .map(escaped)
  .join('|');
/** A unit, or one by another: "km/h", "kWh/100 km", "W/(m²·K)" not. For use inside a larger pattern. */
export const unitPattern = `(?:${names})(?:\\/(?:100 ?)?(?:${names}))?`;

const simple = (name: string): Unit | undefined => units[name] ?? units[otherNames[name] ?? ''];

/** How a unit matched by `unitPattern` is said. */
export function unitOf(written: string): Unit | undefined {
  const name = otherNames[written] ?? written;
  const whole = simple(name);
  if (whole) return whole;
  const [, above = '', hundred, below = ''] = /^(.+?)\/(100 ?)?(.+)$/.exec(name) ?? [];
  const [upper, lower] = [simple(above), simple(below)];
  if (!upper || !lower) return undefined;
  const per = (one: string) => `${one} per ${hundred ? `hundred ${lower.en[1]}` : lower.en[0]}`;
  const each = `${hundred ? '百' : '每'}${lower.zh.replace('{n}', '')}`;
  return { en: [per(upper.en[0]), per(upper.en[1])], zh: `${each}${upper.zh}` };
}
