import type { Component } from '@wayside/packs';
import { canonicalUnit, conversion, type Signal } from '@wayside/protocol';
import { languageOf } from '../../knowledge/words.ts';
import { signalsMeant } from '../../packs/signals-meant.ts';
import { coreFamily } from '../grammar/compile-grammar.ts';
import type { Grammar, Match } from '../grammar/grammar.ts';
import { normalise } from '../grammar/sentence.ts';
import { readSpokenNumber } from '../grammar/spoken-number.ts';
import { clauseSure } from './clauses.ts';

/**
 * Units as people say them behind a number, in a normalised sentence ("mm/s" is "mm s" there), and as our signals have them. Here and not in the packs,
 * as the words for numbers are: which units can be converted is code as well.
 */
const units: readonly (readonly [RegExp, string])[] = [
  [/^ ?(?:mm s|mm per second|millimet(?:er|re)s? (?:per|a) second|毫米每?秒)/, 'mm/s'],
  [/^ ?(?:m3 h|cubic met(?:er|re)s? (?:per|an) hour|立方米?每?小时|方每?小时)/, 'm3/h'],
  [/^ ?(?:l min|lit(?:er|re)s? (?:per|a) minute|升每?分钟?)/, 'l/min'],
  [/^ ?(?:km h|kph|kilomet(?:er|re)s? (?:per|an) hour|公里每?小时)/, 'km/h'],
  [/^ ?(?:kwh|kilowatt hours?|千瓦时|度电)/, 'kWh'],
  [/^ ?(?:kpa|kilopascals?|千帕)/, 'kPa'],
  [/^ ?(?:mpa|megapascals?|兆帕)/, 'MPa'],
  [/^ ?(?:bars?|巴|公斤)(?![a-z])/, 'bar'],
  [/^ ?psi/, 'psi'],
  [/^ ?(?:rpm|revolutions|revs|turns|转)/, 'rpm'],
  [/^ ?(?:kw|kilowatts?|千瓦)(?![a-z])/, 'kW'],
  [/^ ?(?:w|watts?|瓦)(?![a-z])/, 'W'],
  [/^ ?(?:v|volts?|伏特?)(?![a-z])/, 'V'],
  [/^ ?(?:ma|milliamps?|毫安)(?![a-z])/, 'mA'],
  // "21 a good temperature" has no amperes in it.
  [/^ ?(?:a(?! ?[a-z])|amps?|amperes?|安培?)(?![a-z])/, 'A'],
  [/^ ?(?:%|percent|per cent)/, 'percent'],
  [/^ ?(?:°c?|degrees?(?: celsius)?|c|celsius|摄氏度|度)(?![a-z])/, 'celsius'],
];
/** 百分之六十 has its unit in front. */
const percentAhead = /百分之$/;

/** "Is that normal", which right after a reading is asked of that and not of the machine. */
export const pointsAtReading = (text: string, grammar: Pick<Grammar, 'told'>): boolean => judges(text, grammar).has('points');

/** What of a figure is asked: how it is to be taken, which would be right, or how the one just read is. */
const judges = (text: string, grammar: Pick<Grammar, 'told'>) =>
  new Set(grammar.told(text.slice(0, 200), 'judges').map(({ slots }) => slots.by));

/** Parts and signals of the machine at hand, by which a figure is judged. */
export type Judgeable = {
  signals: Readonly<Record<string, Signal>>;
  components?: Readonly<Record<string, Component>> | undefined;
  /** What a signal reads now; undefined for what is not read, and for what is only set. */
  reads(signal: string): number | undefined;
};

/**
 * "Is 4 mm/s bad", "95 度会不会太热", "what is normal": which signal's figure is to be judged. By its name in the sentence, else that of a part, else what was
 * read last; a unit alone means the signal of that unit
 * that reads most like the figure, for that is where it was read. Undefined where none fits.
 */
export function judgedIn(
  text: string,
  { grammar, family, lastSignal }: { grammar: Grammar; family: string | undefined; lastSignal: string | undefined },
  { signals, components = {}, reads }: Judgeable,
): Match | undefined {
  const language = languageOf(text);
  const said = normalise(text.slice(0, 200), language);
  if (!family || judges(text, grammar).size === 0) return undefined;
  const figure = figureIn(said);
  const named = grammar.named(text, 'signal', family).flatMap(({ out }) => signalsMeant(out, signals));
  if (figure === undefined && named.length === 0 && grammar.tells(text, 'no-figure')) return undefined;
  const parts = grammar.named(text, 'component', family).flatMap(({ out }) => components[out]?.signals ?? []);
  const last = lastSignal === undefined ? [] : [lastSignal];
  const ofPart = parts.flatMap((one) => signalsMeant(one, signals));
  const spoken = [...named, ...ofPart];
  const rest = figure?.unit === undefined || spoken.length + last.length > 0 ? [] : likest(figure, signals, reads);
  const signal = (spoken.length > 0 ? spoken : [...last, ...rest]).find((one) => fits(signals[one], figure?.unit));
  if (signal === undefined || (figure === undefined && spoken.length === 0 && lastSignal === undefined)) return undefined;
  const unit = signals[signal]?.unit;
  const value = figure && inUnitOf(figure, unit, reads(signal));
  // Who asks in bar is told in bar.
  const foreign =
    figure?.unit !== undefined && unit !== undefined && canonicalUnit(figure.unit) === canonicalUnit(unit) && figure.value !== value;
  return {
    kind: 'match',
    intent: 'signal',
    slots: {
      signal,
      figure: 'judge',
      ...(value === undefined ? {} : { value: String(value) }),
      ...(foreign ? { asked: `${figure.value} ${figure.unit}` } : {}),
    },
    family: family ?? coreFamily,
    exact: false,
    confidence: clauseSure,
  };
}

const fits = (signal: Signal | undefined, unit: string | undefined): boolean =>
  signal?.type === 'number' && (unit === undefined || (signal.unit !== undefined && conversion(unit, signal.unit) !== undefined));

/** Signals of a unit, those first that read most like the figure. */
function likest(figure: { value: number; unit?: string }, signals: Judgeable['signals'], reads: Judgeable['reads']): string[] {
  return Object.keys(signals)
    .flatMap((id) => {
      const now = reads(id);
      const value = fits(signals[id], figure.unit) ? inUnitOf(figure, signals[id]?.unit, now) : undefined;
      return now === undefined || value === undefined ? [] : [{ id, off: Math.abs(value - now) / Math.max(Math.abs(now), 1e-9) }];
    })
    .sort((a, b) => a.off - b.off)
    .map(({ id }) => id);
}

/** A figure in the unit of a signal. A pressure without a unit is meant in the one that brings it nearest to what is read: 2.3 of a tyre is bar. */
function inUnitOf(figure: { value: number; unit?: string }, unit: string | undefined, now: number | undefined): number {
  if (unit === undefined) return figure.value;
  if (figure.unit !== undefined) return conversion(figure.unit, unit)?.(figure.value) ?? figure.value;
  if (canonicalUnit(unit) !== 'kPa' || now === undefined || now <= 0 || figure.value <= 0) return figure.value;
  const meant = pressures.map((one) => conversion(one, unit)?.(figure.value) ?? figure.value);
  return meant.reduce((a, b) => (Math.abs(Math.log(b / now)) < Math.abs(Math.log(a / now)) ? b : a));
}
const pressures = ['kPa', 'bar', 'psi'];

/** The first number of a sentence that has a unit, else the first that stands by itself in figures. */
function figureIn(said: string): { value: number; unit?: string } | undefined {
  let bare: { value: number } | undefined;
  for (let at = 0; at < said.length; at++) {
    if (/[\p{L}\d.]/u.test(said[at - 1] ?? '') && !/\p{Script=Han}/u.test(said[at - 1] ?? '')) continue;
    const number = readSpokenNumber(said, at);
    if (!number) continue;
    const behind = said.slice(number.end);
    const unit = percentAhead.test(said.slice(0, at)) ? 'percent' : units.find(([written]) => written.test(behind))?.[1];
    if (unit) return { value: number.value, unit };
    if (/\d/.test(said[at]!) && !/^[a-z\d]/.test(behind)) bare ??= { value: number.value };
  }
  return bare;
}
