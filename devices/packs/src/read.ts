import { wordsOf } from '@wayside/protocol';
import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { type Report, readText } from './files.ts';

/** Enough for a pack that reuses a block a few times; far from the "billion laughs" that doubles thirty times. */
const maxAliases = 50;

const noName = 'has a list, a map or an alias for a name: write a word there';

/**
 * A YAML text (1.2 core schema, no custom tags, keys that are words, aliases bounded) as a value of the schema.
 * @param firstLine added to reported lines, for YAML that starts further down in its file
 * @returns undefined when it is not; every complaint is reported with its path and line
 */
export function parseYaml<S extends z.ZodType>(
  schema: S,
  text: string,
  file: string,
  report: Report,
  firstLine = 0,
): z.infer<S> | undefined {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false, schema: 'core', uniqueKeys: true, stringKeys: true });
  const lineAt = (offset: number | undefined) => (offset === undefined ? '' : `line ${lineCounter.linePos(offset).line + firstLine}`);
  const complaints = [...document.errors, ...document.warnings];
  for (const { code, message, pos } of complaints)
    report(file, lineAt(pos[0]), code === 'NON_STRING_KEY' ? noName : `is not valid YAML: ${message}`);
  if (complaints.length > 0) return undefined;

  let plain: unknown;
  try {
    plain = document.toJS({ maxAliasCount: maxAliases });
  } catch {
    report(file, '', `uses too many YAML aliases (at most ${maxAliases}): write the values out`);
    return undefined;
  }
  const parsed = schema.safeParse(plain);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    const line = lineAt(lineOffset(document, issue.path));
    report(file, [issue.path.join('.'), line && `(${line})`].filter(Boolean).join(' '), ourWords(issue));
  }
  return undefined;
}

/** Where the deepest part of a path that exists in the document begins. */
function lineOffset(document: ReturnType<typeof parseDocument>, path: PropertyKey[]): number | undefined {
  for (let depth = path.length; depth > 0; depth--) {
    const node = document.getIn(path.slice(0, depth), true) as { range?: [number, number, number] } | undefined;
    if (node?.range) return node.range[0];
  }
  return undefined;
}

function ourWords(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') {
    return `has ${issue.keys.map((k) => `"${k}"`).join(', ')}, which has no meaning here: remove it or correct its spelling`;
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    return [...new Set(issue.errors.flat().map(wordsOf))].join(', or ');
  }
  return wordsOf(issue);
}

/** `readText` and `parseYaml` in one. */
export async function readYaml<S extends z.ZodType>(schema: S, dir: string, file: string, report: Report): Promise<z.infer<S> | undefined> {
  const text = await readText(dir, file, report);
  return text === undefined ? undefined : parseYaml(schema, text, file, report);
}
