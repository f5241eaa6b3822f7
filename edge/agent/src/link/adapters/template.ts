import type { Template } from '@huggingface/jinja';

/** Turns a payload into the text of one value. Undefined when the payload has no such value. */
export type Read = (payload: string) => string | undefined;

/** What nearly every template is: one path into the JSON. */
const plainPath =
  /^\s*\{\{-?\s*value_json((?:\.[A-Za-z_]\w*|\[\s*'[^']+'\s*\]|\[\s*"[^"]+"\s*\]|\[\s*\d+\s*\])+)\s*(?:\|\s*(?:int|float|is_defined|round\(\s*\d*\s*\))\s*)*-?\}\}\s*$/;
const maxTemplate = 2_000;

let interpreter: typeof Template | undefined;
/**
 * Brings the interpreter that templates of more than one path need: only where anybody speaks in templates, since it takes memory and a start some time.
 * @returns undefined when it is there
 */
export const loadTemplates = (): Promise<void> | undefined =>
  interpreter
    ? undefined
    : import('@huggingface/jinja').then((loaded) => {
        interpreter = loaded.Template;
      });

/**
 * Compiles a Home Assistant `value_template` (Jinja2). One path is read directly; all others run in a Jinja interpreter that has
 * no access to anything but the payload. Loops and macros are refused: a device must not be able to keep the edge busy.
 * @returns undefined when the template cannot be used, or needs the interpreter before it was brought
 */
export function compileTemplate(template: string | undefined): Read | undefined {
  if (template === undefined || template.trim() === '' || /^\s*\{\{\s*value\s*\}\}\s*$/.test(template)) return (payload) => payload;
  if (template.length > maxTemplate) return undefined;
  const path = plainPath.exec(template)?.[1];
  if (path) return readPath([...path.matchAll(/\.(\w+)|\[\s*['"]?([^'"\]]+?)['"]?\s*\]/g)].map((part) => part[1] ?? part[2]!));
  if (/\{%-?\s*(for|macro|call|include|import|extends)\b|\brange\s*\(/.test(template)) return undefined;
  // Rounding is for the eye, and `is_defined` only quiets an error; the interpreter has neither.
  const plain = template.replace(/\|\s*(?:round\([^)]*\)|round\b|is_defined\b)/g, '');
  if (!interpreter) return undefined;
  let compiled: Template;
  try {
    compiled = new interpreter(plain);
  } catch {
    return undefined;
  }
  return (payload) => {
    try {
      return compiled.render({
        value: payload,
        value_json: jsonOf(payload),
        iif: (test: unknown, yes: unknown, no: unknown) => (test ? yes : no),
      });
    } catch {
      return undefined;
    }
  };
}

const readPath =
  (path: readonly string[]): Read =>
  (payload) => {
    let at = jsonOf(payload);
    for (const key of path) {
      if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
      at = (at as Record<string, unknown>)[key];
    }
    return at === undefined || at === null || typeof at === 'object' ? undefined : String(at);
  };

/** Many entities read one message: the newest is parsed once. */
let last: { payload: string; json: unknown } | undefined;
function jsonOf(payload: string): unknown {
  if (last?.payload !== payload) {
    try {
      last = { payload, json: JSON.parse(payload) };
    } catch {
      last = { payload, json: undefined };
    }
  }
  return last.json;
}
