import { join } from 'node:path';
import type { Plugin } from 'vite';

/** What is read of a syntax tree (ESTree). */
type Node = { type: string; start: number; end: number } & Record<string, unknown>;

const helper = join(import.meta.dirname, 'src/later.ts');

/** The identifier that a chain of calls begins with: `z` of `z.object({ … }).strict()`. */
function rootOf(node: Node): string | undefined {
  if (node.type === 'Identifier') return node.name as string;
  if (node.type === 'CallExpression') return rootOf(node.callee as Node);
  return node.type === 'MemberExpression' ? rootOf(node.object as Node) : undefined;
}

/** The expressions that make a schema, of one that a name is given to: itself, or the values of an object of schemas. */
function schemasIn(init: Node | null, roots: ReadonlySet<string>): Node[] {
  if (init?.type === 'CallExpression') return roots.has(rootOf(init) ?? '') ? [init] : [];
  if (init?.type === 'TSAsExpression' || init?.type === 'TSSatisfiesExpression') return schemasIn(init.expression as Node, roots);
  if (init?.type !== 'ObjectExpression') return [];
  return (init.properties as Node[]).flatMap((property) => (property.type === 'Property' ? schemasIn(property.value as Node, roots) : []));
}

/**
 * Has each schema that a source of ours declares made when it is first asked (`src/later.ts`) instead of when its module is loaded: making three thousand took
 * a sixth of an edge's start and some megabytes, for what most of them are never asked. One that a registry knows by what it is, for a document of the
 * API, stays as it is.
 */
export const schemasLater: Plugin = {
  name: 'wayside:schemas-later',
  enforce: 'pre',
  transform(code, id) {
    if (id.includes('node_modules') || !/import \{[^}]*\bz\b[^}]*\} from '(zod|@hono\/zod-openapi)'/.test(code)) return;
    const wrapped: Node[] = [];
    const roots = new Set(['z']);
    const { body } = this.parse(code, { lang: 'ts' }) as unknown as { body: Node[] };
    for (const statement of body) {
      const declared = (statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement) as Node | null;
      if (declared?.type !== 'VariableDeclaration' || declared.kind !== 'const') continue;
      for (const { id: name, init } of declared.declarations as { id: Node; init: Node | null }[]) {
        const found = schemasIn(init, roots).filter(
          ({ start, end }) => !/\.(openapi|meta|describe|register)\(/.test(code.slice(start, end)),
        );
        if (found.length > 0 && found[0] === init) roots.add(name.name as string);
        wrapped.push(...found);
      }
    }
    if (wrapped.length === 0) return;
    let made = code;
    for (const { start, end } of wrapped.toReversed())
      made = `${made.slice(0, start)}__later(() => ${made.slice(start, end)})${made.slice(end)}`;
    // No map: no line moves.
    return { code: `import { later as __later } from ${JSON.stringify(helper)};${made}`, map: null };
  },
};
