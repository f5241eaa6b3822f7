import { parseSpan, signalName, type Value } from '@wayside/protocol';
import jsep from 'jsep';
import { type Expression, type Operator, operators } from './tree.ts';

/** Room for any formula a person can still read; and brackets cannot nest deep enough to exhaust the stack. */
export const maxExpression = 500;

/** From loosest to tightest, as in every language that has them. */
const precedence: Record<Operator, number> = {
  or: 1,
  and: 2,
  '==': 6,
  '!=': 6,
  '<': 7,
  '>': 7,
  '<=': 7,
  '>=': 7,
  '+': 9,
  '-': 9,
  '*': 10,
  '/': 10,
  '%': 10,
};

jsep.removeAllBinaryOps();
jsep.removeAllUnaryOps();
jsep.removeAllLiterals();
for (const operator of operators) jsep.addBinaryOp(operator, precedence[operator]);
jsep.addUnaryOp('-');
jsep.addUnaryOp('not');
jsep.addLiteral('true', true);
jsep.addLiteral('false', false);
/** Spans (`10m`), and names in braces for those that hold a `-`, which would else read as minus. */
jsep.hooks.add('gobble-token', function (env) {
  const rest = this.expr.slice(this.index);
  const found = /^(?:\{([^{}]*)\}|(\d+(?:\.\d+)?(?:ms|s|m|h|d))(?![\w.]))/.exec(rest);
  if (!found) return;
  this.index += found[0].length;
  env.node = found[2] === undefined ? { type: 'Identifier', name: found[1]?.trim() } : { type: 'Span', text: found[2] };
});

/**
 * Reads a formula such as `supply_temperature - return_temperature`, `mean({supply-flow}, 10m) < 12 and Vehicle.Speed > 5`.
 * Dotted names (VSS) are written as they are; a name that holds a `-` goes in braces. Nothing is ever evaluated as code.
 * @returns the tree, or in `problem` why it is none and what to write instead
 */
export function parseExpression(text: string): { expression: Expression } | { problem: string } {
  if (text.length > maxExpression)
    return { problem: `has ${text.length} characters and may have ${maxExpression}: split it into several derived signals` };
  try {
    return { expression: treeOf(jsep(text)) };
  } catch (error) {
    if (error instanceof Unfit) return { problem: error.message };
    const { description, index } = error as { description?: string; index?: number };
    if (description === undefined || index === undefined) throw error;
    const near = text.slice(Math.max(0, index - 10), index + 10);
    return { problem: `does not read at character ${index + 1}, near "${near}" (${description}): correct it there` };
  }
}

class Unfit extends Error {}

function treeOf(node: jsep.Expression): Expression {
  const { type } = node as jsep.CoreExpression | { type: 'Span' };
  switch (type) {
    case 'Literal':
      return { kind: 'literal', value: (node as jsep.Literal).value as Value };
    case 'Span':
      return { kind: 'span', ms: parseSpan(node.text as string) as number };
    case 'Identifier':
    case 'MemberExpression':
      return { kind: 'signal', name: nameOf(node) };
    case 'UnaryExpression': {
      const { operator, argument } = node as jsep.UnaryExpression;
      const of = treeOf(argument);
      // A minus before a number is part of it.
      if (operator === '-' && of.kind === 'literal' && typeof of.value === 'number') return { kind: 'literal', value: -of.value };
      return { kind: operator === '-' ? 'negate' : 'not', of };
    }
    case 'BinaryExpression': {
      const { operator, left, right } = node as jsep.BinaryExpression;
      return { kind: 'operate', operator: operator as Operator, left: treeOf(left), right: treeOf(right) };
    }
    case 'CallExpression': {
      const { callee, arguments: args } = node as jsep.CallExpression;
      if (callee.type !== 'Identifier')
        throw new Unfit('calls something that is no function: write a function by its name, as in mean(x, 5m)');
      return { kind: 'call', name: callee.name as string, args: args.map(treeOf) };
    }
    case 'Compound': {
      const empty = (node as jsep.Compound).body.length === 0;
      throw new Unfit(empty ? 'is empty: write a formula' : 'holds more than one formula: join its parts by an operator');
    }
    case 'ConditionalExpression':
      throw new Unfit('uses "? :": write if(condition, then, else)');
    default:
      throw new Unfit('holds what has no meaning here: use signals, numbers, operators and the functions of derived signals');
  }
}

/** `Vehicle.Speed` comes as a member of `Vehicle`. */
function nameOf(node: jsep.Expression): string {
  const dotted = (part: jsep.Expression): string => {
    const { computed, object, property } = part as jsep.MemberExpression;
    if (part.type === 'Identifier') return part.name as string;
    if (part.type !== 'MemberExpression' || computed)
      throw new Unfit('uses "[ ]", which has no meaning here: write the signal by its full name');
    return `${dotted(object)}.${dotted(property)}`;
  };
  const name = dotted(node);
  if (!signalName.safeParse(name).success) throw new Unfit(`names "${name}", which cannot be a signal: correct the name`);
  return name;
}
