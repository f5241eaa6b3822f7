import { hasHan } from '../grammar/sentence.ts';
import { type Piece, parseTemplate } from '../grammar/template.ts';

/** Any of the templates, as whole words where words are parted; `first` and `last` where they must begin or end what is read. */
export function anyOf(templates: readonly string[], where: { first?: boolean; last?: boolean } = {}): RegExp {
  const each = templates.map((template) => {
    const source = sourceOf(parseTemplate(template, {}));
    return hasHan(template) ? `(?:${source})` : `(?<![a-z])(?:${source})(?![a-z])`;
  });
  const any = each.length > 0 ? each.join('|') : '(?!)';
  return new RegExp(`${where.first ? '^\\P{L}*' : ''}(?:${any})${where.last ? '\\P{L}*$' : ''}`, 'giu');
}

function sourceOf(piece: Piece): string {
  if ('text' in piece) return RegExp.escape(piece.text);
  if ('list' in piece) return '(?!)';
  if ('any' in piece) return `(?:${piece.any.map(sourceOf).join('|')})`;
  return piece.all.map(sourceOf).join('');
}
