/** True examples as the bytes of a door. */
export const text = (...all: unknown[]): Buffer[] => all.map((one) => Buffer.from(typeof one === 'string' ? one : JSON.stringify(one)));

/** JSON, or the text where it is none: schemas are to meet both. */
export function json(bytes: Buffer): unknown {
  const text = bytes.toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The kind of an answer: which of its parts are there, two levels deep, and why not where it says so; no contents. */
export function kindOf(answer: unknown, depth = 2): string {
  if (Array.isArray(answer)) return answer.length === 0 ? '[]' : `[${kindOf(answer[0], depth - 1)}]`;
  if (typeof answer !== 'object' || answer === null)
    return answer === undefined || answer === null ? '-' : typeof answer === 'boolean' ? String(answer) : typeof answer;
  if ('reason' in answer && typeof answer.reason === 'string') return answer.reason;
  if (depth === 0) return '{}';
  let kind = '';
  // Of what has many, names are contents.
  for (const key of Object.keys(answer).slice(0, 12)) kind += `${key}:${kindOf((answer as Record<string, unknown>)[key], depth - 1)} `;
  return kind;
}

/** What a schema found wrong: where and of what kind, without the words. */
export function issuesOf({ error }: { error?: { issues: { code: string; path: PropertyKey[] }[] } | undefined }): string {
  let kind = '';
  for (const { code, path } of error?.issues.slice(0, 4) ?? [])
    kind += `${code} ${path.map((part) => (typeof part === 'number' ? '#' : String(part))).join('.')};`;
  return kind;
}
