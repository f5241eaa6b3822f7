import { lstat, readdir, readFile, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';

/** What is wrong with a pack: the file within it, the path inside that file (with its line where known), and what to do. */
export type PackProblem = { file: string; at: string; problem: string };
export type Report = (file: string, at: string, problem: string) => void;

export const maxFileBytes = 1024 * 1024;
/** As of the pictures of articles: an edge shows both on the same small screens. */
export const maxPictureBytes = 512 * 1024;
export const maxFiles = 2_000;

/** Enough for a pack that reuses a block a few times; far from the "billion laughs" that doubles thirty times. */
const maxAliases = 50;

const noName = 'has a list, a map or an alias for a name: write a word there';

/**
 * Every regular file below a folder that is fit to be read, as paths with `/` within it.
 * What is too large, too many, a link out of the folder or no file at all is reported and left out.
 */
export async function listFiles(dir: string, report: Report): Promise<Set<string>> {
  const found = new Set<string>();
  const root = await realpath(dir);
  let seen = 0;
  const walk = async (folder: string): Promise<void> => {
    const entries = await readdir(join(root, folder), { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (++seen > maxFiles) return;
      if (entry.isDirectory()) await walk(path);
      else if (await isFit(root, path, report)) found.add(path);
    }
  };
  await walk('');
  if (seen > maxFiles) report('.', '', `holds more than ${maxFiles} files: split it into families, or take out what is not knowledge`);
  return found;
}

async function isFit(root: string, path: string, report: Report): Promise<boolean> {
  const target = await realpath(join(root, path)).catch(() => undefined);
  if (target === undefined || !target.startsWith(root + sep)) {
    report(path, '', 'is a link out of the pack folder: copy the file into the pack instead');
    return false;
  }
  const stat = await lstat(target);
  if (!stat.isFile()) {
    report(path, '', 'is not a plain file: replace it with one');
    return false;
  }
  if (stat.size > maxFileBytes) {
    report(path, '', `is ${stat.size} bytes and at most ${maxFileBytes} are read: shorten or split it`);
    return false;
  }
  if (path.startsWith('pictures/') && stat.size > maxPictureBytes) {
    report(path, '', `is ${stat.size} bytes and a picture has at most ${maxPictureBytes}: draw it as SVG, or make it smaller`);
    return false;
  }
  return true;
}

/** A UTF-8 file's text, or undefined when it is missing or is not UTF-8 (reported). */
export async function readText(dir: string, file: string, report: Report): Promise<string | undefined> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(join(dir, file)));
  } catch (error) {
    report(
      file,
      '',
      error instanceof TypeError ? 'is not UTF-8 text: save it as UTF-8' : 'cannot be read: check that it is there and readable',
    );
    return undefined;
  }
}

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
    report(file, [issue.path.join('.'), line && `(${line})`].filter(Boolean).join(' '), wordsOf(issue));
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

function wordsOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') {
    return `has ${issue.keys.map((k) => `"${k}"`).join(', ')}, which has no meaning here: remove it or correct its spelling`;
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    return [...new Set(issue.errors.flat().map((e) => e.message))].join(', or ');
  }
  return issue.message;
}

/** `readText` and `parseYaml` in one. */
export async function readYaml<S extends z.ZodType>(schema: S, dir: string, file: string, report: Report): Promise<z.infer<S> | undefined> {
  const text = await readText(dir, file, report);
  return text === undefined ? undefined : parseYaml(schema, text, file, report);
}
