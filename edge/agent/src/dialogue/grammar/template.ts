import { WaysideError } from '@wayside/protocol';

/** A parsed sentence template: `[optional]` is an alternative of something or nothing. */
export type Piece = { text: string } | { list: string; slot: string } | { all: Piece[] } | { any: Piece[] };

const maxLength = 2_000;
const maxDepth = 16;
const maxInAnyOrder = 4;

/**
 * Parses a template of the Home Assistant (hassil) form: `[optional]`, `(a|b)`, `(a;b)` (both, in either order), `{list}`, `{list:slot}`, `<rule>`.
 * @param rules the texts of the rules, written in the same form
 * @throws WaysideError `pack-invalid` when a bracket is open, a rule is unknown or calls itself, or it is too large
 */
export function parseTemplate(template: string, rules: Readonly<Record<string, string>>): Piece {
  return parse(template, rules, []);
}

function parse(template: string, rules: Readonly<Record<string, string>>, within: readonly string[]): Piece {
  const refuse = (why: string): never => {
    throw new WaysideError('pack-invalid', `The template "${template.slice(0, 120)}" ${why}.`);
  };
  if (template.length > maxLength) refuse(`is longer than ${maxLength} characters`);
  if (within.length > maxDepth) refuse('uses rules within rules too deeply');
  let at = 0;

  const sequence = (close: string, depth: number): Piece => {
    if (depth > maxDepth) refuse(`nests brackets deeper than ${maxDepth}`);
    const options: Piece[][] = [[]];
    let text = '';
    let parted: string | undefined;
    const add = (piece?: Piece) => {
      if (text !== '') options.at(-1)!.push({ text });
      text = '';
      if (piece) options.at(-1)!.push(piece);
    };
    for (; at < template.length; at++) {
      const char = template[at]!;
      if (char === close) break;
      if (char === '|' || (char === ';' && depth > 0)) {
        if (parted !== undefined && parted !== char) refuse('mixes "|" with ";"');
        parted = char;
        if (parted === ';' && options.length >= maxInAnyOrder) refuse(`has more than ${maxInAnyOrder} parts in any order`);
        add();
        options.push([]);
      } else if (char === '(' || char === '[') {
        at++;
        const inner = sequence(char === '(' ? ')' : ']', depth + 1);
        if (at >= template.length) refuse(`has an open "${char}"`);
        add(char === '(' ? inner : { any: [inner, { text: '' }] });
      } else if (char === '{' || char === '<') {
        const end = template.indexOf(char === '{' ? '}' : '>', at);
        if (end < 0) refuse(`has an open "${char}"`);
        const name = template.slice(at + 1, end).trim();
        add(char === '{' ? listPiece(name) : rulePiece(name));
        at = end;
      } else if (')]}>'.includes(char)) refuse(`has a stray "${char}"`);
      else text += char;
    }
    add();
    if (parted === ';') return { any: orders(options.map((all) => ({ all }))).map((all) => ({ all })) };
    return options.length === 1 ? { all: options[0]! } : { any: options.map((all) => ({ all })) };
  };
  const listPiece = (name: string): Piece => {
    const [list = '', slot = list] = name.split(':');
    return { list, slot };
  };
  const rulePiece = (name: string): Piece => {
    const rule = rules[name];
    if (rule === undefined || within.includes(name))
      return refuse(rule === undefined ? `uses the unknown rule <${name}>` : `uses <${name}> within itself`);
    return parse(rule, rules, [...within, name]);
  };
  return sequence('', 0);
}

/** Every order of the parts, with room between them. */
function orders(parts: readonly Piece[]): Piece[][] {
  if (parts.length < 2) return [[...parts]];
  return parts.flatMap((first, n) => orders(parts.toSpliced(n, 1)).map((rest) => [first, { text: ' ' }, ...rest]));
}
