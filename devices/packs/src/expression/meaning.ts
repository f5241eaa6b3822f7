import { canonicalUnit, conversion } from '@wayside/protocol';
import { functions, type Type } from './functions.ts';
import type { Expression } from './tree.ts';

/** What an expression yields. Without a unit nothing is known of it (a plain number, a product), so nothing is held against it. */
export type Meaning = { type: Type; unit?: string | undefined };

/**
 * The type and, where it can be told, the unit of an expression.
 * @param signalOf what a signal is; undefined when the thing has none of that name
 * @param complain told each thing that cannot be meant, with what to do about it
 * @returns undefined when it was complained about
 */
export function meaningOf(
  expression: Expression,
  signalOf: (name: string) => Meaning | undefined,
  complain: (problem: string) => void,
): Meaning | undefined {
  const visit = (part: Expression): Meaning | undefined => {
    switch (part.kind) {
      case 'literal':
        return { type: typeof part.value as Type };
      case 'span':
        return refuse('has a span of time where a value belongs: spans are second arguments, as in mean(x, 5m)');
      case 'signal': {
        const signal = signalOf(part.name);
        if (!signal) return refuse(`reads the signal "${part.name}", which thing.yaml does not hold: add it there or correct the name`);
        return { type: signal.type, unit: signal.unit === undefined ? undefined : unitOf(signal.unit) };
      }
      case 'negate':
        return wanted('number', visit(part.of), 'a minus sign');
      case 'not':
        return wanted('boolean', visit(part.of), '"not"');
      case 'operate':
        return operate(part);
      case 'call':
        return call(part);
    }
  };
  const refuse = (problem: string): undefined => void complain(problem);

  /** The meaning, when it is of the type that `by` needs. */
  const wanted = (type: Type, of: Meaning | undefined, by: string): Meaning | undefined => {
    if (!of || of.type === type) return of;
    return refuse(`gives ${by} ${words[of.type]} where it needs ${words[type]}: compare it, or use brackets or another signal`);
  };

  const operate = ({ operator, left, right }: Extract<Expression, { kind: 'operate' }>): Meaning | undefined => {
    const [a, b] = [visit(left), visit(right)];
    if (!a || !b) return undefined;
    const by = `"${operator}"`;
    if (operator === 'and' || operator === 'or') return wanted('boolean', a, by) && wanted('boolean', b, by) && { type: 'boolean' };
    if (operator === '==' || operator === '!=') {
      if (a.type !== b.type) return refuse(`compares ${words[a.type]} with ${words[b.type]} by ${by}: they are never the same`);
      return agree(a, b, by) ? { type: 'boolean' } : undefined;
    }
    if (!wanted('number', a, by) || !wanted('number', b, by)) return undefined;
    switch (operator) {
      case '+':
      case '-':
        return sum(a, b, operator);
      case '*':
        return { type: 'number', unit: a.unit && b.unit && products[[a.unit, b.unit].sort().join('*')] };
      case '/':
        return { type: 'number' };
      case '%':
        return a;
      default:
        return agree(a, b, by) ? { type: 'boolean' } : undefined;
    }
  };

  /** Two temperatures differ by kelvins, and kelvins move a temperature; anything else keeps its unit. */
  const sum = (a: Meaning, b: Meaning, operator: '+' | '-'): Meaning | undefined => {
    const both = `${a.unit}${operator}${b.unit}`;
    if (both === 'celsius-celsius') return { type: 'number', unit: 'K' };
    if (both === 'celsius+celsius') return { type: 'number' };
    if (both === 'celsius+K' || both === 'celsius-K' || both === 'K+celsius') return { type: 'number', unit: 'celsius' };
    return agree(a, b, `"${operator}"`) ? { type: 'number', unit: a.unit ?? b.unit } : undefined;
  };

  const agree = (a: Meaning, b: Meaning, by: string): boolean => {
    if (a.unit === undefined || b.unit === undefined || a.unit === b.unit) return true;
    refuse(`puts ${a.unit} and ${b.unit} together by ${by}: they do not measure the same, so convert one or correct its unit`);
    return false;
  };

  const call = ({ name, args }: Extract<Expression, { kind: 'call' }>): Meaning | undefined => {
    const signature = Object.hasOwn(functions, name) ? functions[name] : undefined;
    if (!signature) return refuse(`calls "${name}", which is no function here: use one of ${Object.keys(functions).join(', ')}`);
    const { args: needs, many } = signature;
    if (many ? args.length < needs.length : args.length !== needs.length)
      return refuse(`gives ${name}() ${args.length} arguments and it takes ${many ? 'at least ' : ''}${needs.length}`);
    const meanings: Meaning[] = [];
    for (const [i, arg] of args.entries()) {
      const need = needs[Math.min(i, needs.length - 1)];
      if (need === 'span') {
        if (arg.kind !== 'span' || arg.ms <= 0) return refuse(`needs a span such as 10m as the last argument of ${name}()`);
        continue;
      }
      const meaning = visit(arg);
      if (!meaning) return undefined;
      if (need === 'counted' && meaning.type === 'string') return refuse(`gives ${name}() a state: compare it, as in x == "on"`);
      if ((need === 'number' || need === 'boolean') && !wanted(need, meaning, `${name}()`)) return undefined;
      meanings.push(meaning);
    }
    const [first, ...others] = meanings as [Meaning, ...Meaning[]];
    if (signature.alike && !others.every((other) => agree(first, other, `${name}()`))) return undefined;
    if (signature.type === 'branches') {
      const [then, otherwise = then] = (needs[0] === 'boolean' ? others : meanings) as [Meaning, Meaning?];
      if (then.type !== otherwise.type)
        return refuse(`gives ${name}() ${words[then.type]} in one place and ${words[otherwise.type]} in the other`);
      return agree(then, otherwise, `${name}()`) ? { type: then.type, unit: then.unit ?? otherwise.unit } : undefined;
    }
    const type = signature.type === 'first' ? first.type : signature.type;
    return {
      type,
      unit: first.type === 'number' || typeof signature.unit === 'object' ? resultUnit(signature.unit, first.unit) : undefined,
    };
  };

  return visit(expression);
}

const words: Record<Type, string> = { number: 'a number', boolean: 'true or false', string: 'a state' };

/** A unit in this house's spelling: `°C` is `celsius`, but `bar` stays, as it is a hundred of our `kPa`. */
export function unitOf(unit: string): string {
  const canonical = canonicalUnit(unit);
  const turn = conversion(unit, canonical);
  return turn?.(0) === 0 && turn(1) === 1 ? canonical : unit;
}

/** Products whose unit has a name of its own. */
const products: Record<string, string> = { 'A*V': 'W' };

function resultUnit(rule: (typeof functions)[string]['unit'], unit: string | undefined): string | undefined {
  if (typeof rule === 'object') return rule.fixed;
  if (unit === undefined || rule === 'none') return undefined;
  if (rule === 'same') return unit;
  const difference = unit === 'celsius' ? 'K' : unit;
  if (rule === 'difference') return difference;
  if (rule === 'per-minute') return `${difference}/min`;
  return unit.endsWith('/h') ? unit.slice(0, -2) : unit.includes('/') ? undefined : `${unit}h`;
}
