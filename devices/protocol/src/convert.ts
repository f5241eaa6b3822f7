/**
 * One quantity, its canonical unit in this house (COVESA VSS 6.0 spelling where VSS has it), and what others write for it:
 * canonical = value × scale + offset.
 */
type Spelling = readonly [unit: string, canonical: string, scale: number, offset?: number];

/** Exact factors by definition (BIPM SI brochure 9th ed.; NIST SP 811 App. B for inch, pound, gallon, mile, psi). */
const spellings: readonly Spelling[] = [
  ['celsius', 'celsius', 1],
  ['Celsius', 'celsius', 1],
  ['°C', 'celsius', 1],
  ['C', 'celsius', 1],
  ['degC', 'celsius', 1],
  ['°F', 'celsius', 5 / 9, -160 / 9],
  ['F', 'celsius', 5 / 9, -160 / 9],
  ['degF', 'celsius', 5 / 9, -160 / 9],
  ['percent', 'percent', 1],
  ['%', 'percent', 1],
  ['km/h', 'km/h', 1],
  ['kph', 'km/h', 1],
  ['mph', 'km/h', 1.609_344],
  ['m/s', 'km/h', 3.6],
  ['km', 'km', 1],
  ['mi', 'km', 1.609_344],
  ['m', 'm', 1],
  ['ft', 'm', 0.3048],
  ['mm', 'mm', 1],
  ['in', 'mm', 25.4],
  ['kPa', 'kPa', 1],
  ['Pa', 'kPa', 0.001],
  ['hPa', 'kPa', 0.1],
  ['mbar', 'kPa', 0.1],
  ['bar', 'kPa', 100],
  ['MPa', 'kPa', 1000],
  ['psi', 'kPa', 6.894_757_293],
  ['PSI', 'kPa', 6.894_757_293],
  ['inHg', 'kPa', 3.386_389],
  ['mmHg', 'kPa', 0.133_322_387],
  ['V', 'V', 1],
  ['mV', 'V', 0.001],
  ['A', 'A', 1],
  ['mA', 'A', 0.001],
  ['W', 'W', 1],
  ['kW', 'kW', 1],
  ['Wh', 'kWh', 0.001],
  ['kWh', 'kWh', 1],
  ['MWh', 'kWh', 1000],
  ['rpm', 'rpm', 1],
  ['1/min', 'rpm', 1],
  ['l/min', 'l/min', 1],
  ['L/min', 'l/min', 1],
  ['gpm', 'l/min', 3.785_411_784],
  ['gal/min', 'l/min', 3.785_411_784],
  ['m3/h', 'm3/h', 1],
  ['m³/h', 'm3/h', 1],
  ['mm/s', 'mm/s', 1],
  ['in/s', 'mm/s', 25.4],
  ['g/s', 'g/s', 1],
  ['s', 's', 1],
  ['min', 'min', 1],
  ['h', 'h', 1],
  ['Hz', 'Hz', 1],
  ['dBm', 'dBm', 1],
];

const known = new Map(spellings.map(([unit, canonical, scale, offset = 0]) => [unit, { canonical, scale, offset }]));

/** How a unit is written in this house: `°F` and `degC` are measured in `celsius`. One nobody here knows stays as it is. */
export const canonicalUnit = (unit: string): string => known.get(unit.trim())?.canonical ?? unit.trim();

/**
 * What turns numbers of one unit into another, or undefined when the two do not measure the same thing (or one is unknown).
 * Celsius and Celsius-in-other-words give the identity.
 */
export function conversion(from: string, to: string): ((value: number) => number) | undefined {
  if (from === to) return (value) => value;
  const [a, b] = [known.get(from.trim()), known.get(to.trim())];
  if (!a || !b || a.canonical !== b.canonical) return undefined;
  // Fifteen digits hide the last bit of the factor: 212 °F is 100 °C, not 100.00000000000001.
  return (value) => Number(((value * a.scale + a.offset - b.offset) / b.scale).toPrecision(14));
}

/** Other units of the quantity that this one measures, each once: what a number may have been meant in. */
export function sameQuantity(unit: string): readonly string[] {
  const own = known.get(unit.trim());
  if (!own) return [];
  const others = new Map<string, string>();
  for (const [other, { canonical, scale, offset }] of known) {
    const key = `${scale} ${offset}`;
    if (canonical === own.canonical && (scale !== own.scale || offset !== own.offset) && !others.has(key)) others.set(key, other);
  }
  return [...others.values()];
}
