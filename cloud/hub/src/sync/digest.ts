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
  if (value === null || typeof value !== 'object') return typeof value === 'string' ? quotedText(value) : (JSON.stringify(value) ?? 'null');
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
  for (const key of inOrderOf(Object.keys(value))) {
    const inner = inOrder((value as Record<string, unknown>)[key], depth - 1);
    if (inner === undefined) return undefined;
    text += `${quoted(key)}:${inner},`;
  }
  return `${text}}`;
}

/** What JSON writes as it stands (ECMA-404 §9): no control characters, no quotation marks, no halves of characters. */
const plain = /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/;
const quotedText = (text: string): string => (plain.test(text) ? `"${text}"` : JSON.stringify(text));

const mostByHand = 16;

/** Sorted in place. Records have few keys, and to sort a few by hand takes a third of the time. */
function inOrderOf(keys: string[]): string[] {
  if (keys.length > mostByHand) return keys.sort();
  for (let i = 1; i < keys.length; i++) {
    const key = keys[i] as string;
    let at = i;
    while (at > 0 && (keys[at - 1] as string) > key) {
      keys[at] = keys[at - 1] as string;
      at--;
    }
    keys[at] = key;
  }
  return keys;
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
