import canonicalize from 'canonicalize';

/** Nothing we record is nested deeper; what is would make other verifiers stumble. */
const deepest = 64;

/**
 * RFC 8785: the one spelling of a JSON value. What goes into a hash or under a signature is this text in UTF-8.
 * @throws Error for what JSON cannot say: numbers that are no number, lone surrogates, nesting beyond 64
 */
export function canonical(value: unknown): string {
  if (!isShallow(value, deepest)) throw new Error(`a record is nested at most ${deepest} deep`);
  const text = canonicalize(value);
  if (text === undefined) throw new Error('there is nothing to record');
  return text;
}

/**
 * Reads a text that must already be canonical, so that one text means one thing to every reader: no second spelling, no key twice.
 * @returns undefined when it is not
 */
export function readCanonical(text: string): { value: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isPlainlyCanonical(value, text) || canonical(value) === text ? { value } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whether a text that was read as this value is canonical, where the language's own writer can tell, which is ten times as quick: it spells numbers and
 * strings as RFC 8785 §3.2.2 does, but for lone surrogates, and only leaves the order of keys as it is. False says nothing.
 */
const isPlainlyCanonical = (value: unknown, text: string): boolean =>
  JSON.stringify(value) === text && !text.includes('\\ud') && isSorted(value, deepest);

/** Are the keys in the order of their UTF-16 units (RFC 8785 §3.2.3) at each level, of which there are at most so many? */
function isSorted(value: unknown, levels: number): boolean {
  if (value === null || typeof value !== 'object') return true;
  if (levels === 0) return false;
  if (Array.isArray(value)) return value.every((one) => isSorted(one, levels - 1));
  let before: string | undefined;
  for (const [key, one] of Object.entries(value)) {
    if ((before !== undefined && before >= key) || !isSorted(one, levels - 1)) return false;
    before = key;
  }
  return true;
}

function isShallow(value: unknown, levels: number): boolean {
  if (value === null || typeof value !== 'object') return true;
  if (levels === 0) return false;
  for (const one of Object.values(value)) if (!isShallow(one, levels - 1)) return false;
  return true;
}
