import { parseSpan, type Signal, signal, signalName, type ThingModel, thingModel } from '@wayside/protocol';
import { z } from 'zod';
import { type Meaning, meaningOf, unitOf } from '../expression/meaning.ts';
import { maxExpression, parseExpression } from '../expression/parse.ts';
import { type Expression, signalsOf } from '../expression/tree.ts';
import type { Report } from '../files.ts';
import { span } from './span.ts';

/** A signal that no device measures: a formula over those it does (`expression/functions.ts` has its functions). Its type follows from the formula. */
export const derivedSignal = signal
  .omit({ type: true })
  .extend({
    expression: z.string().min(1).max(maxExpression),
    /** A number heard longer ago than this counts as unknown; states and yes-or-no stand until they change. */
    fresh: span.default('5m'),
  })
  .strict();
export type DerivedSignal = z.infer<typeof derivedSignal>;

/** A derived signal, read and checked. */
export type Derived = { name: string; signal: Signal; expression: Expression; text: string /** ms */; fresh: number };

/** `thing.yaml`. */
export const thingFile = thingModel.extend({ derived: z.record(signalName, derivedSignal).default({}) });
export type ThingFile = z.infer<typeof thingFile>;

const file = 'thing.yaml';

/**
 * Reads the formulas of a thing and reports what cannot be meant: syntax, signals that are not there, types and units that do not fit,
 * signals derived from themselves.
 * @returns the sound ones, each after those it is derived from
 */
export function readDerived({ signals, derived }: ThingFile, report: Report): Derived[] {
  const parsed = new Map<string, Expression>();
  for (const [name, { expression: text }] of Object.entries(derived)) {
    const read = parseExpression(text);
    if ('problem' in read) report(file, at(name), read.problem);
    else parsed.set(name, read.expression);
    if (Object.hasOwn(signals, name)) report(file, `derived.${name}`, `is a signal of the thing as well: give one of them another name`);
  }
  const sound = new Map<string, Derived>();
  for (const name of inOrder(parsed, report)) {
    const { expression: text, fresh, ...described } = derived[name] as DerivedSignal;
    const expression = parsed.get(name) as Expression;
    // One that was refused itself is not also called missing where it is used.
    const readable = signalsOf(expression).every((input) => !Object.hasOwn(derived, input) || sound.has(input));
    if (!readable) continue;
    const meaning = meaningOf(
      expression,
      (input) => (Object.hasOwn(signals, input) ? signals[input] : sound.get(input)?.signal),
      (problem) => report(file, at(name), problem),
    );
    if (!meaning) continue;
    checkResult(name, described, meaning, report);
    sound.set(name, { name, expression, text, fresh: parseSpan(fresh) as number, signal: { ...described, type: meaning.type } });
  }
  return [...sound.values()];
}

/**
 * The thing with its derived signals among the others, for everyone who does not care where a value comes from. One that was refused is
 * there too, as a plain number, so that what refers to it is not called wrong as well.
 */
export function withDerived({ signals, derived, actions }: ThingFile, sound: readonly Derived[]): ThingModel {
  const refused = Object.entries(derived).map(([name, { title }]) => [name, { title, type: 'number' }] as const);
  return {
    signals: { ...signals, ...Object.fromEntries(refused), ...Object.fromEntries(sound.map((one) => [one.name, one.signal])) },
    actions,
  };
}

const at = (name: string) => `derived.${name}.expression`;

function checkResult(name: string, described: Omit<Signal, 'type'>, { type, unit }: Meaning, report: Report): void {
  const declared = described.unit === undefined ? undefined : unitOf(described.unit);
  if (unit !== undefined && declared !== undefined && unit !== declared)
    report(file, `derived.${name}.unit`, `is ${declared} and the expression gives ${unit}: correct one of them`);
  const { min, max, states } = described;
  if (type !== 'number' && (declared ?? min ?? max) !== undefined)
    report(file, `derived.${name}`, 'has a unit, min or max and is no number: remove them or correct the expression');
  if (type !== 'string' && states) report(file, `derived.${name}.states`, 'has no place where the expression gives no state: remove it');
}

/** Names such that each comes after those it reads. Those that read themselves, however far round, are reported and left out. */
function inOrder(parsed: ReadonlyMap<string, Expression>, report: Report): string[] {
  const order: string[] = [];
  const done = new Set<string>();
  const visit = (name: string, path: string[]): void => {
    if (path.includes(name)) {
      const round = [...path.slice(path.indexOf(name)), name].join(' → ');
      report(file, at(name), `is derived from itself (${round}): break the circle, perhaps with a measured signal`);
      return;
    }
    if (done.has(name)) return;
    done.add(name);
    for (const input of signalsOf(parsed.get(name) as Expression)) if (parsed.has(input)) visit(input, [...path, name]);
    order.push(name);
  };
  for (const name of parsed.keys()) visit(name, []);
  return order;
}
