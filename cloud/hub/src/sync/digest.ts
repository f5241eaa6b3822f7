import { createHash } from 'node:crypto';

const deepest = 64;

/**
 * The SHA-256 of a JSON value with object keys in order, so that a record sent again by another serialiser is still the same record.
 * @returns base64url, or undefined when the value is nested deeper than 64 levels
 */
export function digest(value: unknown): string | undefined {
  const hash = createHash('sha256');
  return feed(value, deepest, (text) => hash.update(text)) ? hash.digest('base64url') : undefined;
}

function feed(value: unknown, depth: number, write: (text: string) => void): boolean {
  if (value === null || typeof value !== 'object') {
    write(JSON.stringify(value) ?? 'null');
    return true;
  }
  if (depth === 0) return false;
  if (Array.isArray(value)) {
    write('[');
    for (const item of value) {
      if (!feed(item, depth - 1, write)) return false;
      write(',');
    }
    write(']');
    return true;
  }
  write('{');
  for (const key of Object.keys(value).sort()) {
    write(`${JSON.stringify(key)}:`);
    if (!feed((value as Record<string, unknown>)[key], depth - 1, write)) return false;
    write(',');
  }
  write('}');
  return true;
}
