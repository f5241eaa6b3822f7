import type { Pieces } from './e5-file.ts';

/** Cuts a text into pieces and says their numbers. */
export type Tokenizer = (text: string) => number[];

/** SentencePiece's mark for a space. */
const space = '\u2581';
/** How much worse than the rarest piece a character is that no piece has (SentencePiece, `kUnkPenalty`). */
const unknownPenalty = 10;

/** FNV-1a (Fowler, Noll & Vo), a byte further. */
const further = (hash: number, byte: number): number => Math.imul(hash ^ byte, 0x01000193);
const start = 0x811c9dc5;

/** The pieces by their bytes: a hash table with open addressing. As a `Map` of strings they would weigh twenty times as much. */
function indexOf({ utf8, offsets, scores }: Pieces) {
  const mask = 2 ** Math.ceil(Math.log2(2 * scores.length)) - 1;
  const slots = new Int32Array(mask + 1).fill(-1);
  const place = (hash: number) => (hash ^ (hash >>> 15)) & mask;
  let longest = 0;
  for (let id = 0; id < scores.length; id++) {
    const [from, to] = [offsets[id]!, offsets[id + 1]!];
    longest = Math.max(longest, to - from);
    let hash = start;
    for (let at = from; at < to; at++) hash = further(hash, utf8[at]!);
    let slot = place(hash);
    while (slots[slot] !== -1) slot = (slot + 1) & mask;
    slots[slot] = id;
  }
  const same = (id: number, bytes: Buffer, from: number, to: number): boolean =>
    offsets[id + 1]! - offsets[id]! === to - from && utf8.compare(bytes, from, to, offsets[id]!, offsets[id + 1]!) === 0;
  const find = (hash: number, bytes: Buffer, from: number, to: number): number => {
    let slot = place(hash);
    while (slots[slot] !== -1 && !same(slots[slot]!, bytes, from, to)) slot = (slot + 1) & mask;
    return slots[slot]!;
  };
  return { longest, find };
}

/** One form for what is one text: Unicode's NFKC, spaces alike and single, none of the characters that nobody sees. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\p{Z}\s]+/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}]/gu, '')
    .trim();

/**
 * A unigram tokenizer: the pieces that make the text most likely (Viterbi; Kudo, "Subword regularization", ACL 2018), as SentencePiece
 * cuts for XLM-R. Time grows with the length of the text.
 * @param most how many pieces of a text count; the rest is left out
 */
export function createTokenizer(pieces: Pieces, most: number): Tokenizer {
  const { longest, find } = indexOf(pieces);
  const { scores, unknown } = pieces;
  const unknownScore = scores.reduce((least, score) => Math.min(least, score), 0) - unknownPenalty;
  // No text is longer in pieces than in characters.
  const readUnits = most * 16;

  return (text) => {
    const bytes = Buffer.from(space + plain(text.slice(0, readUnits)).replaceAll(' ', space));
    const best = new Float64Array(bytes.length + 1).fill(Number.NEGATIVE_INFINITY);
    const [piece, from] = [new Int32Array(bytes.length + 1), new Int32Array(bytes.length + 1)];
    best[0] = 0;
    const offer = (to: number, score: number, id: number, at: number) => {
      if (score > best[to]!) [best[to], piece[to], from[to]] = [score, id, at];
    };
    for (let at = 0; at < bytes.length; at++) {
      if (best[at] === Number.NEGATIVE_INFINITY) continue;
      let hash = start;
      const last = Math.min(bytes.length, at + longest);
      for (let to = at + 1; to <= last; to++) {
        hash = further(hash, bytes[to - 1]!);
        // Only where a character ends (RFC 3629: bytes within one are 10xxxxxx).
        if (to < bytes.length && (bytes[to]! & 0xc0) === 0x80) continue;
        const id = find(hash, bytes, at, to);
        if (id >= 0) offer(to, best[at]! + scores[id]!, id, at);
      }
      let next = at + 1;
      while (next < bytes.length && (bytes[next]! & 0xc0) === 0x80) next++;
      offer(next, best[at]! + unknownScore, unknown, at);
    }
    const ids: number[] = [];
    for (let at = bytes.length; at > 0; at = from[at]!) ids.push(piece[at]!);
    return ids.reverse().slice(0, most);
  };
}
