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
  if (Array.isArray(value)) {
    let text = '[';
    for (const one of value) {
      const inner = inOrder(one, depth - 1);
      if (inner === undefined) return undefined;
      text += `${inner},`;
    }
    return `${text}]`;
  }
  let text = '{';
  for (const key of Object.keys(value).sort()) {
    const inner = inOrder((value as Record<string, unknown>)[key], depth - 1);
    if (inner === undefined) return undefined;
    text += `${quoted(key)}:${inner},`;
  }
  return `${text}}`;
}

const mostQuoted = 1_000;
const known = new Map<string, string>();

/** A key as JSON. Records have the same few hundred over and over; whoever sends others gains nothing and fills no memory. */
function quoted(key: string): string {
  const before = known.get(key);
  if (before !== undefined) return before;
  const text = JSON.stringify(key);
  if (known.size < mostQuoted && key.length <= 64) known.set(key, text);
  return text;
}
