import type { Derived, Expression } from '@wayside/packs';
import type { Value } from '@wayside/protocol';
import { type Memory, pasts } from './past.ts';

/** What one thing brings to the formulas of its family: newest values by slot with their times (epoch ms), and what its functions remember. */
export type Frame = { at: number; values: (Value | undefined)[]; ats: number[]; memories: Memory[] };

type Run = (frame: Frame) => Value | undefined;

/** One derived signal, ready to run: which slots it reads, which it writes, and which memories are its own. */
export type Formula = {
  derived: Derived;
  slot: number;
  inputs: readonly number[];
  memories: readonly [from: number, to: number];
  run: Run;
};

/** The formulas of a family, compiled once for all its things. `own` are the slots that they write. */
export type Formulas = {
  slots: ReadonlyMap<string, number>;
  own: ReadonlySet<number>;
  formulas: readonly Formula[];
  empty: readonly (() => Memory)[];
};

/**
 * Turns the parsed formulas of a family into closures over numbered slots: no name is looked up while samples flow.
 * @param derived each after those it is derived from, as the pack's check left them
 */
export function compile(derived: readonly Derived[]): Formulas {
  const slots = new Map<string, number>();
  const slotOf = (name: string): number => {
    const slot = slots.get(name) ?? slots.size;
    slots.set(name, slot);
    return slot;
  };
  const empty: (() => Memory)[] = [];
  const formulas = derived.map((one): Formula => {
    const inputs = new Set<number>();
    const from = empty.length;
    const run = compileOne(one.expression, {
      fresh: one.fresh,
      read(name) {
        const slot = slotOf(name);
        inputs.add(slot);
        return slot;
      },
      remember: (make) => empty.push(make) - 1,
    });
    return { derived: one, slot: slotOf(one.name), inputs: [...inputs], memories: [from, empty.length], run };
  });
  return { slots, own: new Set(formulas.map((one) => one.slot)), formulas, empty };
}

type Building = { fresh: number; read(name: string): number; remember(empty: () => Memory): number };

function compileOne(expression: Expression, building: Building): Run {
  const visit = (part: Expression): Run => compileOne(part, building);
  switch (expression.kind) {
    case 'literal':
      return () => expression.value;
    case 'span':
      return () => undefined;
    case 'signal': {
      const slot = building.read(expression.name);
      const { fresh } = building;
      return ({ at, values, ats }) => {
        const value = values[slot];
        // A state is told when it changes and stands until then; a number must be heard again.
        return typeof value === 'number' && at - ats[slot]! > fresh ? undefined : value;
      };
    }
    case 'not': {
      const of = visit(expression.of);
      return (frame) => negated(of(frame));
    }
    case 'negate':
      return numbers(([x]) => -x!, [visit(expression.of)]);
    case 'operate':
      return operate(expression, visit);
    case 'call':
      return call(expression, building, visit);
  }
}

const negated = (value: Value | undefined) => (value === undefined ? undefined : !value);

/** A result of numbers alone: unknown when one of them is, or when there is no such number (a division by zero). */
function numbers(of: (values: number[]) => number, parts: readonly Run[]): Run {
  return (frame) => {
    const values: number[] = [];
    for (const part of parts) {
      const value = part(frame);
      if (typeof value === 'number') values.push(value);
    }
    if (values.length < parts.length) return undefined;
    const result = of(values);
    return Number.isFinite(result) ? result : undefined;
  };
}

const arithmetic: Record<string, (a: number, b: number) => number> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
};

const comparisons: Record<string, (a: Value, b: Value) => boolean> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
};

function operate({ operator, left, right }: Extract<Expression, { kind: 'operate' }>, visit: (part: Expression) => Run): Run {
  const [a, b] = [visit(left), visit(right)];
  const sum = arithmetic[operator];
  if (sum) return numbers(([x, y]) => sum(x!, y!), [a, b]);
  const test = comparisons[operator];
  if (test) {
    return (frame) => {
      const [x, y] = [a(frame), b(frame)];
      return x === undefined || y === undefined ? undefined : test(x, y);
    };
  }
  // Kleene's three values: one side that decides the matter does, even when the other is unknown. Both sides always run, as either may remember.
  const decides = operator === 'or';
  return (frame) => {
    const [x, y] = [a(frame), b(frame)];
    if (x === decides || y === decides) return decides;
    return x === undefined || y === undefined ? undefined : !decides;
  };
}

function call({ name, args }: Extract<Expression, { kind: 'call' }>, building: Building, visit: (part: Expression) => Run): Run {
  const past = pasts[name];
  if (past) {
    const { empty, step } = past(building.fresh, args[1]?.kind === 'span' ? args[1].ms : 0);
    const of = visit(args[0]!);
    const slot = building.remember(empty);
    return (frame) => step(frame.memories[slot]!, of(frame), frame.at);
  }
  const parts = args.map(visit);
  switch (name) {
    case 'min':
      return numbers((values) => Math.min(...values), parts);
    case 'max':
      return numbers((values) => Math.max(...values), parts);
    case 'abs':
      return numbers(([x]) => Math.abs(x!), parts);
    case 'clamp':
      return numbers(([x, low, high]) => Math.min(Math.max(x!, low!), high!), parts);
    case 'when': {
      const [test, value] = parts as [Run, Run];
      return (frame) => {
        const [holds, found] = [test(frame), value(frame)];
        return holds ? found : undefined;
      };
    }
    case 'either': {
      const [value, instead] = parts as [Run, Run];
      return (frame) => {
        const [found, other] = [value(frame), instead(frame)];
        return found ?? other;
      };
    }
    default: {
      // if(): both branches run, as either may remember; only the chosen one must be known.
      const [test, then, otherwise] = parts as [Run, Run, Run];
      return (frame) => {
        const [which, a, b] = [test(frame), then(frame), otherwise(frame)];
        return which === undefined ? undefined : which ? a : b;
      };
    }
  }
}
