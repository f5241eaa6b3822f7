/**
 * The pieces of a text that are counted: its words, pairs of neighbouring words, and runs of two to four characters inside a word
 * (so that "mattres" still looks like "mattress"). Han characters are words of one character: Chinese is not spaced, and pairs of
 * characters do what a dictionary would.
 */
function* pieces(text: string): Generator<string> {
  const words =
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/\p{Script=Han}|(?:(?!\p{Script=Han})[\p{L}\p{M}\p{N}])+|[?!]/gu) ?? [];
  let before = '^';
  for (const word of words) {
    yield `w${word}`;
    yield `p${before} ${word}`;
    before = word;
    const framed = `_${word}_`;
    for (let length = 2; length <= 4; length++)
      for (let at = 0; at + length <= framed.length; at++) yield `c${framed.slice(at, at + length)}`;
  }
  yield `p${before} $`;
}

/** FNV-1a over UTF-16 units (Fowler, Noll & Vo), mixed once more so that the low bits are good ones. */
export function hash(piece: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < piece.length; i++) value = Math.imul(value ^ piece.charCodeAt(i), 0x01000193);
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return (value ^ (value >>> 13)) >>> 0;
}

/** Longer texts are read to here, in UTF-16 units: what somebody wants is said before. */
export const readUnits = 4000;

/**
 * A text as the set of its hashed n-grams ("the hashing trick", Weinberger et al., ICML 2009): no vocabulary to ship, any language.
 * @param buckets a power of two
 * @returns the numbers of its buckets, each once, ascending; empty for a text without letters or digits
 */
export function nGrams(text: string, buckets: number): Int32Array {
  const found = new Set<number>();
  for (const piece of pieces(text.slice(0, readUnits))) found.add(hash(piece) & (buckets - 1));
  return Int32Array.from(found).sort();
}
