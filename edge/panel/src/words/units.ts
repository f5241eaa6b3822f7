export type Units = 'metric' | 'us';

/** A long way is read in kilometres: an odometer counts metres. */
const longWay = 10_000;
const mile = 1_609.344;

/** What each of our units is in US customary ones (NIST SP 811 App. B). A kelvin is always a difference here. */
const customary: Record<string, { unit: string; scale: number; offset?: number }> = {
  celsius: { unit: '°F', scale: 1.8, offset: 32 },
  '°c': { unit: '°F', scale: 1.8, offset: 32 },
  k: { unit: '°F', scale: 1.8 },
  'km/h': { unit: 'mph', scale: 1_000 / mile },
  km: { unit: 'mi', scale: 1_000 / mile },
  mm: { unit: 'in', scale: 1 / 25.4 },
  'mm/s': { unit: 'in/s', scale: 1 / 25.4 },
  kpa: { unit: 'psi', scale: 1 / 6.894_757_293 },
  bar: { unit: 'psi', scale: 100 / 6.894_757_293 },
  'l/min': { unit: 'gal/min', scale: 1 / 3.785_411_784 },
};

/** A number in the unit people read it in, with that unit. */
export function readable(n: number, unit: string | undefined, units: Units = 'metric'): { n: number; unit: string | undefined } {
  if (units === 'us') {
    if (unit === 'm') return Math.abs(n) >= mile ? { n: n / mile, unit: 'mi' } : { n: n / 0.3048, unit: 'ft' };
    const to = customary[unit?.toLowerCase() ?? ''];
    return to ? { n: n * to.scale + (to.offset ?? 0), unit: to.unit } : { n, unit };
  }
  return unit === 'm' && Math.abs(n) >= longWay ? { n: n / 1000, unit: 'km' } : { n, unit };
}
