import { Unclear } from './unclear.ts';

/** One thing that is measured. */
export type Measure =
  | { name: string; title: string; type: 'number'; unit?: string; min: number; max: number }
  | { name: string; title: string; type: 'boolean' }
  | { name: string; title: string; type: 'string'; states: string[] };

export const example = 'temperature °C -10..60, running yes/no, mode off|heat|cool';

/**
 * What somebody typed about what is measured: parts with commas between, each a name and then `unit low..high`, `yes/no`, or states with `|` (two
 * of four letters and more with `/`, too).
 * @throws Unclear that names the part
 */
export function readMeasures(text: string): Measure[] {
  const measures = text
    .split(/[,，;]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(readMeasure);
  const twice = measures.find(({ name }, i) => measures.findIndex((other) => other.name === name) !== i);
  if (twice) throw new Unclear(`“${twice.name}” is there twice.`);
  if (measures.length === 0 || measures.length > 50) throw new Unclear(`A device measures 1 to 50 things. Write them like: ${example}`);
  return measures;
}

function readMeasure(part: string): Measure {
  const words = part.split(/\s+/);
  const states = words.at(-1)!.split('|');
  if (words.length > 1 && states.length > 1 && states.every((state) => state !== '' && state.length <= 64))
    return { ...named(words.slice(0, -1), part), type: 'string', states };
  const pair = pairOf(words.at(-1)!);
  if (words.length > 1 && pair) return { ...named(words.slice(0, -1), part), type: 'string', states: pair };
  if (words.length > 1 && /^(yes\/no|on\/off|true\/false|bool(ean)?)$/i.test(words.at(-1)!))
    return { ...named(words.slice(0, -1), part), type: 'boolean' };
  const span = /^(-?\d+(?:\.\d+)?)\.\.(-?\d+(?:\.\d+)?)$/.exec(words.at(-1)!);
  const [min, max] = span ? [Number(span[1]), Number(span[2])] : [0, 100];
  if (min >= max) throw new Unclear(`In “${part}” the first number must be the smaller one.`);
  const rest = span ? words.slice(0, -1) : words;
  // A unit stands last and is no plain word of a name, unless a span follows it.
  const hasUnit = rest.length > 1 && (span !== null || !/^[a-z]{4,}$/i.test(rest.at(-1)!));
  const unit = hasUnit ? rest.at(-1)! : undefined;
  return { ...named(hasUnit ? rest.slice(0, -1) : rest, part), type: 'number', ...(unit ? { unit: unit.slice(0, 32) } : {}), min, max };
}

/** Two states that somebody wrote as `open/closed`; undefined for what may be a unit (`l/min`, `rad/s`) or stands for yes and no. */
function pairOf(word: string): string[] | undefined {
  const pair = word.split('/');
  if (pair.length !== 2 || /^(yes\/no|on\/off|true\/false)$/i.test(word)) return undefined;
  return pair.every((state) => /^[a-z]{4,64}$/i.test(state)) ? pair : undefined;
}

function named(words: string[], part: string): { name: string; title: string } {
  const title = words.join(' ');
  const name = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 60);
  if (!/^[a-z]/.test(name)) throw new Unclear(`“${part}” needs a name that begins with a Latin letter. Write it like: ${example}`);
  return { name, title: title[0]!.toUpperCase() + title.slice(1) };
}

/** The first that has a limit to watch. */
export const watched = (measures: readonly Measure[]) => measures.find((measure) => measure.type === 'number');
