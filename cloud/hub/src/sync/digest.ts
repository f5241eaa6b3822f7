import { hash } from 'node:crypto';

const deepest = 64;

/**
 * The SHA-256 of a JSON value with object keys in order, so that a record sent again by another serialiser is still the same record.
 * @returns base64url, or undefined when the value is nested deeper than 64 levels
 */
export function digest(value: unknown): string | undefined {
  const text = inOrder(value, deepest);
  return text === undefined ? undefined : hash('sha256', text, 'base64url');
}

/** One text that is hashed at once: to hand each part to a hash by itself takes twice as long. */
function inOrder(value: unknown, depth: number): string | undefined {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (depth === 0) return undefined;
  const isArray = Array.isArray(value);
  let text = isArray ? '[' : '{';
  for (const key of isArray ? value.keys() : Object.keys(value).sort()) {
    const inner = inOrder((value as Record<string | number, unknown>)[key], depth - 1);
    if (inner === undefined) return undefined;
    text += isArray ? `${inner},` : `${JSON.stringify(key)}:${inner},`;
  }
  return text + (isArray ? ']' : '}');
}
