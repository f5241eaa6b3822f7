import type { Primitives } from './primitives.ts';

const encoder = new TextEncoder();
/** Where texts are written out to be hashed: millions of them go through here, one after the other. */
let bench = new Uint8Array(4_096);

/** SHA-256 over these bytes and, behind them, a text in UTF-8. */
export function hashBehind({ sha256 }: Primitives, bytes: Uint8Array, text: string): Uint8Array {
  // A UTF-16 unit takes at most three bytes.
  const most = bytes.length + text.length * 3;
  const to = most <= bench.length ? bench : new Uint8Array(most);
  // One very long text is no reason to hold its room for ever.
  if (most <= 2 ** 20) bench = to;
  to.set(bytes);
  const { written } = encoder.encodeInto(text, to.subarray(bytes.length));
  return sha256(to.subarray(0, bytes.length + written));
}
