/** A name of a header (RFC 9110 §5.6.2, token). */
const token = /^[!#$%&'*+\-.^_`|~\dA-Za-z]+$/;
/** What no value may have, and what is beyond a byte. */
const forbidden = /[\0\r\n]|[^\0-\xff]/;

type Init = Iterable<readonly [string, string]> | Record<string, string> | null | undefined;

/** The platform's `Headers` (WHATWG Fetch §2.2.2 and §5.1), by itself. */
export class LightHeaders {
  readonly #held = new Map<string, string[]>();

  constructor(init?: Init) {
    if (!init) return;
    const pairs = Symbol.iterator in init ? init : Object.entries(init);
    for (const [name, value] of pairs as Iterable<[string, string]>) this.append(name, value);
  }

  append(name: string, value: string): void {
    const key = nameOf(name);
    const held = this.#held.get(key);
    if (held) held.push(clean(value));
    else this.#held.set(key, [clean(value)]);
  }
  set(name: string, value: string): void {
    this.#held.set(nameOf(name), [clean(value)]);
  }
  delete(name: string): void {
    this.#held.delete(nameOf(name));
  }
  has(name: string): boolean {
    return this.#held.has(nameOf(name));
  }
  get(name: string): string | null {
    const key = nameOf(name);
    return joined(key, this.#held.get(key));
  }
  getSetCookie(): string[] {
    return [...(this.#held.get('set-cookie') ?? [])];
  }

  /** Sorted by name; cookies that are set stay apart, since their values have commas of their own. */
  *entries(): IterableIterator<[string, string]> {
    for (const name of [...this.#held.keys()].sort()) {
      const values = this.#held.get(name) ?? [];
      if (name === 'set-cookie') for (const value of values) yield [name, value];
      else yield [name, joined(name, values) as string];
    }
  }
  *keys(): IterableIterator<string> {
    for (const [name] of this.entries()) yield name;
  }
  *values(): IterableIterator<string> {
    for (const [, value] of this.entries()) yield value;
  }
  forEach(act: (value: string, name: string, headers: this) => void, self?: unknown): void {
    for (const [name, value] of this.entries()) act.call(self, value, name, this);
  }
  [Symbol.iterator](): IterableIterator<[string, string]> {
    return this.entries();
  }
}

function nameOf(name: string): string {
  if (!token.test(name)) throw new TypeError(`“${name}” is not a name of a header.`);
  return name.toLowerCase();
}

function clean(value: string): string {
  const kept = String(value).replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');
  if (forbidden.test(kept)) throw new TypeError('A value of a header has a character that it may not have.');
  return kept;
}

/** Cookies that are sent are joined as cookies are (RFC 6265 §4.2.1). */
const joined = (name: string, values: readonly string[] | undefined): string | null =>
  values?.join(name === 'cookie' ? '; ' : ', ') ?? null;
