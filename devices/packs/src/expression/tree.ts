import type { Value } from '@wayside/protocol';

/** What joins two sides. Words for logic, as people write rules. */
export const operators = ['or', 'and', '==', '!=', '<', '>', '<=', '>=', '+', '-', '*', '/', '%'] as const;
export type Operator = (typeof operators)[number];

/** A formula over a thing's signals, parsed. */
export type Expression =
  | { kind: 'literal'; value: Value }
  /** A span of time in ms; only as an argument. */
  | { kind: 'span'; ms: number }
  | { kind: 'signal'; name: string }
  | { kind: 'not' | 'negate'; of: Expression }
  | { kind: 'operate'; operator: Operator; left: Expression; right: Expression }
  | { kind: 'call'; name: string; args: Expression[] };

/** The signals an expression reads, each once, in the order they are written. */
export function signalsOf(expression: Expression): string[] {
  const found = new Set<string>();
  const visit = (part: Expression): void => {
    if (part.kind === 'signal') found.add(part.name);
    else if (part.kind === 'not' || part.kind === 'negate') visit(part.of);
    else if (part.kind === 'operate') [part.left, part.right].forEach(visit);
    else if (part.kind === 'call') part.args.forEach(visit);
  };
  visit(expression);
  return [...found];
}
